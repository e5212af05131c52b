// How well distances tell one person's pairs from those of two people. Pure.

export interface PairDistances {
  /** Sorted, nearest first. */
  readonly same: Float64Array;
  readonly different: Float64Array;
}

/** Distances of all pairs of faces; `people[i]` is whose face `descriptors[i]` describes. */
export function pairDistances(
  descriptors: readonly Float32Array[],
  people: readonly string[],
  distance: (a: Float32Array, b: Float32Array) => number,
): PairDistances {
  const same: number[] = [];
  const different = new Float64Array((descriptors.length * (descriptors.length - 1)) / 2);
  let count = 0;
  for (let first = 0; first < descriptors.length; first += 1) {
    for (let second = first + 1; second < descriptors.length; second += 1) {
      const apart = distance(descriptors[first] as Float32Array, descriptors[second] as Float32Array);
      if (people[first] === people[second]) same.push(apart);
      else different[count++] = apart;
    }
  }
  return { same: Float64Array.from(same).sort(), different: different.subarray(0, count).sort() };
}

/** The part of sorted distances below `threshold`, 0 to 1. */
export function shareBelow(distances: Float64Array, threshold: number): number {
  let [low, high] = [0, distances.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((distances[middle] as number) < threshold) low = middle + 1;
    else high = middle;
  }
  return low / distances.length;
}

/** The largest threshold at which at most `share` of the pairs of two people are joined. */
export function thresholdJoining({ different }: PairDistances, share: number): number {
  return different[Math.floor(share * different.length)] ?? Number.NaN;
}

/** Where as many pairs of one person are parted as pairs of two people joined. */
export function equalError({ same, different }: PairDistances): { threshold: number; rate: number } {
  let best = { threshold: 0, rate: 1, gap: Number.POSITIVE_INFINITY };
  for (let threshold = 0.2; threshold < 1; threshold += 0.0025) {
    const parted = 1 - shareBelow(same, threshold);
    const joined = shareBelow(different, threshold);
    const gap = Math.abs(parted - joined);
    if (gap < best.gap) best = { threshold, rate: (parted + joined) / 2, gap };
  }
  return best;
}
