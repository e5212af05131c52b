// Weights of cubic interpolation, tabled by the fraction between two samples. Runs in the engine process.

/** Steps per pixel: the rounding of a position is then below a thousandth of a sample step. */
export const phaseCount = 512;

/**
 * Four weights for each fraction i / phaseCount, i = 0..phaseCount, for the samples at -1, 0, 1, 2.
 * Catmull-Rom (a = -0.5): the cubic that reproduces straight slopes and parabolas, with little ringing.
 */
export const cubicPhases: Float64Array = (() => {
  const table = new Float64Array((phaseCount + 1) * 4);
  for (let phase = 0; phase <= phaseCount; phase++) {
    const t = phase / phaseCount;
    table[phase * 4] = ((-0.5 * t + 1) * t - 0.5) * t;
    table[phase * 4 + 1] = (1.5 * t - 2.5) * t * t + 1;
    table[phase * 4 + 2] = ((-1.5 * t + 2) * t + 0.5) * t;
    table[phase * 4 + 3] = (0.5 * t - 0.5) * t * t;
  }
  return table;
})();
