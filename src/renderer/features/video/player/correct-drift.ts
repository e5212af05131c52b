// How the film that follows is brought back in step with the one that leads. Pure.

export type DriftCorrection =
  /** Together, or as good as. */
  | { readonly kind: 'keep' }
  /** A little faster or slower until it has caught up: nobody sees that, and everybody sees a jump. */
  | { readonly kind: 'pace'; readonly rate: number }
  | { readonly kind: 'jump' };

/** Further apart than this is a jump's work, in seconds. */
const jumpFromSeconds = 0.35;
/** More would be heard and seen. */
const largestChange = 0.2;

/**
 * `behindSeconds`: how much the follower lags; negative when it is ahead. `frameSeconds`: how long a frame is shown.
 * A difference below half a frame cannot be seen.
 */
export function correctDrift(behindSeconds: number, frameSeconds: number): DriftCorrection {
  const apart = Math.abs(behindSeconds);
  if (apart < frameSeconds / 2) return { kind: 'keep' };
  if (apart > jumpFromSeconds) return { kind: 'jump' };
  const change = Math.min(largestChange, apart * 2);
  return { kind: 'pace', rate: behindSeconds > 0 ? 1 + change : 1 - change };
}
