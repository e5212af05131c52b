// Any list of timestamps as one expression of ffmpeg's setpts filter: raw frames through a pipe have no clock of their own.
// Pure; runs in the engine process.

interface Piece {
  readonly firstIndex: number;
  readonly firstStamp: number;
  readonly step: number;
}

/**
 * `stamps` rise and are whole numbers. The expression gives stamps[N] for N = 0, 1, ...; it is a balanced tree, so that
 * its depth grows with the logarithm of the number of changes of pace.
 */
export function timestampExpression(stamps: readonly number[]): string {
  return branch(piecesOf(stamps));
}

/** Stretches of even pace. */
function piecesOf(stamps: readonly number[]): Piece[] {
  const pieces: Piece[] = [];
  let index = 0;
  while (index < stamps.length) {
    const firstStamp = stamps[index] ?? 0;
    const step = (stamps[index + 1] ?? firstStamp + 1) - firstStamp;
    let end = index + 1;
    while (end < stamps.length && (stamps[end] ?? 0) - (stamps[end - 1] ?? 0) === step) end += 1;
    pieces.push({ firstIndex: index, firstStamp, step });
    index = end;
  }
  return pieces;
}

function branch(pieces: readonly Piece[]): string {
  const middle = pieces.length >> 1;
  const [only, pivot] = [pieces[0], pieces[middle]];
  if (only === undefined) return '0';
  if (pieces.length === 1 || pivot === undefined) {
    return `${only.firstStamp}+${only.step}*(N-${only.firstIndex})`;
  }
  return `if(lt(N,${pivot.firstIndex}),${branch(pieces.slice(0, middle))},${branch(pieces.slice(middle))})`;
}
