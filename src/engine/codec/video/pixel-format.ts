// The raw pictures that travel between ffmpeg and the engine: which of them there are and how large they are.
// Pure; runs in the engine process.

/** `420`, `422`, `444`: luma and two colour planes. `rgb`: interleaved. */
export interface FrameFormat {
  readonly layout: '420' | '422' | '444' | 'rgb';
  /** Above 8, samples are 16-bit little endian; planes use the low `bits`, RGB all 16. */
  readonly bits: 8 | 10;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Full range (0..255) instead of video levels (16..235). */
  readonly isFullRange: boolean;
  readonly matrix: 'bt601' | 'bt709' | 'bt2020';
}

/** ffmpeg's name of the format. */
export function ffmpegPixelFormat({ layout, bits }: Pick<FrameFormat, 'layout' | 'bits'>): string {
  if (layout === 'rgb') return bits === 8 ? 'rgb24' : 'rgb48le';
  return bits === 8 ? `yuv${layout}p` : `yuv${layout}p10le`;
}

/** How many times fewer columns and rows the colour planes have. */
export function chromaSteps({ layout }: Pick<FrameFormat, 'layout'>): { across: 1 | 2; down: 1 | 2 } {
  return { across: layout === '420' || layout === '422' ? 2 : 1, down: layout === '420' ? 2 : 1 };
}

/** Sides must be multiples of the chroma steps. */
export function frameByteLength(format: FrameFormat): number {
  const pixels = format.widthPx * format.heightPx;
  const { across, down } = chromaSteps(format);
  const samples = format.layout === 'rgb' ? pixels * 3 : pixels + (2 * pixels) / (across * down);
  return samples * (format.bits === 8 ? 1 : 2);
}

/** What the name of any of ffmpeg's pixel formats says. */
export function pixelFormatFacts(name: string): {
  readonly bits: number;
  readonly hasAlpha: boolean;
  readonly isRgb: boolean;
  readonly chroma: '420' | '422' | '444' | 'none';
} {
  const isRgb = /^(rgb|bgr|gbr|argb|abgr|rgba|bgra|0rgb|0bgr|pal8|bayer|x2rgb|monow|monob)/.test(name);
  // p010, p216 and the like: what hardware decoders hand out, the depth in the last two digits.
  const depth = /(?:p|gray|y|x2rgb|x2bgr|^p[024])(9|10|12|14|16)(?:le|be)?$/.exec(name)?.[1];
  const bits = depth === undefined ? (/(48|64)(le|be)?$/.test(name) ? 16 : 8) : Number(depth);
  const hasAlpha = /^(yuva|rgba|bgra|argb|abgr|gbrap|ya8|ya16|pal8)/.test(name);
  const isGray = /^(gray|ya8|ya16)/.test(name);
  const chroma =
    isRgb || isGray ? 'none' : /422|yuyv|uyvy|^p2/.test(name) ? '422' : /444|^p4/.test(name) ? '444' : '420';
  return { bits, hasAlpha, isRgb, chroma };
}
