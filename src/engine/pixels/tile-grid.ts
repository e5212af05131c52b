// Cutting a long side into overlapping windows of equal length. Runs in the engine process; pure arithmetic.

export interface TileWindow {
  /** First sample read. Near the end the window may reach beyond the side: mirror there. */
  readonly from: number;
  /** Where this window takes over from the one before: 0 for the first. */
  readonly ownFrom: number;
  /** Where the next takes over: the side's length for the last. */
  readonly ownTo: number;
}

export interface TileLine {
  /** Length of every window; may exceed the side when that is shorter. */
  readonly windowPx: number;
  readonly windows: readonly TileWindow[];
}

export interface TileLineOptions {
  /** Samples a window owns at most, without its surroundings. */
  readonly tilePx: number;
  /** Surroundings read on each side that has a neighbour. */
  readonly padPx: number;
  /** Windows start and end on multiples of this, so that every tile sees the network's grid at the same phase. */
  readonly multiple: number;
  /** Every window has exactly this length, for networks of fixed input size; null: as tilePx and padPx say. */
  readonly fixedPx: number | null;
}

/** Windows are spread evenly, so the last is not a sliver: equal shapes let a runtime keep its memory plan. */
export function makeTileLine(lengthPx: number, options: TileLineOptions): TileLine {
  const { padPx, multiple } = options;
  const upTo = (value: number) => Math.ceil(value / multiple) * multiple;
  const wanted = options.fixedPx ?? Math.min(upTo(options.tilePx + 2 * padPx), upTo(lengthPx));
  const windowPx = Math.max(multiple, wanted);
  if (windowPx >= lengthPx) return { windowPx, windows: [{ from: 0, ownFrom: 0, ownTo: lengthPx }] };

  // A fixed window smaller than its surroundings would never get on: it keeps at least a quarter for itself.
  const pad = Math.min(padPx, Math.floor((windowPx * 3) / 8));
  const step = Math.max(multiple, Math.floor((windowPx - 2 * pad) / multiple) * multiple);
  const last = upTo(lengthPx - windowPx);
  const count = Math.ceil(last / step) + 1;
  const starts = Array.from(
    { length: count },
    (_, i) => Math.round((i * last) / (count - 1) / multiple) * multiple,
  );
  const windows = starts.map((from, i): TileWindow => {
    const previous = starts[i - 1];
    const next = starts[i + 1];
    return {
      from,
      ownFrom: previous === undefined ? 0 : middleOfOverlap(previous, from, windowPx),
      ownTo: next === undefined ? lengthPx : middleOfOverlap(from, next, windowPx),
    };
  });
  return { windowPx, windows };
}

function middleOfOverlap(earlier: number, later: number, windowPx: number): number {
  return Math.floor((later + earlier + windowPx) / 2);
}
