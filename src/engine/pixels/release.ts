// Large arrays given back at once instead of at the next garbage collection. Engine process.
// A film makes and drops some 16 MB for every frame; left to the collector they lie about in the C library's heap, which
// grows with the length of the film (bench/video: memory).

/**
 * Frees the memory behind arrays that nobody reads any more; their length is 0 from here on. Only for arrays that own
 * all of their buffer and that the caller has made or been given for good.
 */
export function release(...arrays: readonly ArrayBufferView[]): void {
  for (const { buffer, byteLength } of arrays) {
    const ownsAll = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
    if (ownsAll && !buffer.detached) buffer.transfer(0);
  }
}
