// Between two fidelities that were rendered, the picture at a third one, good enough while a slider moves.
// Pure: used by the studio on the pixels of a canvas.

export interface KeyframeBlend {
  /** Indices into the keyframes. */
  readonly from: number;
  readonly to: number;
  /** 0: only `from`, 1: only `to`. */
  readonly share: number;
}

/** @param fidelities of the keyframes, rising, at least one. Outside their range the nearest one stands alone. */
export function keyframeBlend(fidelities: readonly number[], fidelity: number): KeyframeBlend {
  const above = fidelities.findIndex((value) => value >= fidelity);
  if (above === 0) return { from: 0, to: 0, share: 0 };
  if (above < 0) return { from: fidelities.length - 1, to: fidelities.length - 1, share: 0 };
  const [low, high] = [fidelities[above - 1] as number, fidelities[above] as number];
  return { from: above - 1, to: above, share: (fidelity - low) / (high - low) };
}

/** from + (to − from) · share, sample by sample, into `target`. All three of one length. */
export function blendSamples(
  from: Uint8ClampedArray,
  to: Uint8ClampedArray,
  share: number,
  target: Uint8ClampedArray,
): void {
  const weight = Math.round(share * 256);
  for (let at = 0; at < target.length; at += 1) {
    const low = from[at] as number;
    target[at] = low + ((((to[at] as number) - low) * weight + 128) >> 8);
  }
}
