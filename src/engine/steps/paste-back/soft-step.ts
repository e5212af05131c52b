// A step blurred by a Gaussian that ends after a few deviations. Runs in the engine process; pure.

/** From 0 at -reach through 0.5 at 0 to 1 at reach, in deviations; exactly 0 and 1 beyond. */
export function makeSoftStep(reach: number): (t: number) => number {
  const low = normalDistribution(-reach);
  return (t) => {
    if (t <= -reach) return 0;
    if (t >= reach) return 1;
    return (normalDistribution(t) - low) / (1 - 2 * low);
  };
}

/** Cumulative normal distribution; Abramowitz and Stegun 7.1.26, absolute error below 1e-7. */
function normalDistribution(t: number): number {
  const x = Math.abs(t) / Math.SQRT2;
  const k = 1 / (1 + 0.3275911 * x);
  const series =
    k * (0.254829592 + k * (-0.284496736 + k * (1.421413741 + k * (-1.453152027 + k * 1.061405429))));
  const tail = 0.5 * series * Math.exp(-x * x);
  return t < 0 ? tail : 1 - tail;
}
