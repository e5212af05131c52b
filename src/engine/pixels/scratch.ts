// Work arrays that are used again: a film would otherwise make and drop megabytes for every frame. Engine process.

/** Floats; larger ones are made anew each time, or one scan would hold its memory for good. */
const largestKept = 4 << 20;
const kept = new Map<string, Float32Array>();

/**
 * At least as long as asked and never cleared: whoever takes it writes every element before reading it, and is done with
 * it when the function returns. One `user` for each place in the code that asks; no such place may run inside itself.
 */
export function scratchFloats(user: string, length: number): Float32Array {
  const before = kept.get(user);
  if (before !== undefined && before.length >= length) return before;
  const floats = new Float32Array(length);
  if (length <= largestKept) kept.set(user, floats);
  return floats;
}
