// Reads the timestamp and size of every decoded frame from the lines of ffmpeg's showinfo filter. Pure; engine process.

export interface FrameStamp {
  /** In the stream's time base; null where the file has none. */
  readonly pts: number | null;
  readonly isKey: boolean;
  readonly widthPx: number;
  readonly heightPx: number;
}

const pattern = /\[Parsed_showinfo.* n: *\d+ pts: *(NOPTS|-?\d+) .* s:(\d+)x(\d+) .*iskey:(\d)/;

/** null for every other line. */
export function readFrameStamp(line: string): FrameStamp | null {
  const match = pattern.exec(line);
  if (match === null) return null;
  const [, pts, width, height, isKey] = match;
  return {
    pts: pts === 'NOPTS' ? null : Number(pts),
    isKey: isKey === '1',
    widthPx: Number(width),
    heightPx: Number(height),
  };
}

/** `tick` is what one frame lasts where stamps are missing or do not rise. */
export function nextStamp(previous: number | null, pts: number | null, tick: number): number {
  if (previous === null) return pts ?? 0;
  if (pts === null) return previous + tick;
  return pts > previous ? pts : previous + 1;
}
