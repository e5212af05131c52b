// The grid of a pixelated region: where its squares begin and how large they are. Pure functions.
// A mosaic has all its edges on evenly spaced lines, so the edge strength along an axis is a comb; a comb's spectrum
// stands at its pitch with full height, while the edges of a natural picture spread over all pitches.

/** Lines at `originPx + k * pitchPx`, in pixels of the picture; a line is the border between two squares. */
export interface GridAxis {
  readonly originPx: number;
  readonly pitchPx: number;
  /** 0..1: how much of the edge strength lies on the lines. */
  readonly clarity: number;
  /** 0..1: how evenly it is spread over them. A single edge lies on the lines of any grid, but on one line only. */
  readonly evenness: number;
}

/** Squares under this are no mosaic but the pixels or the compression blocks of a small picture. */
export const smallestPitchPx = 5;

/**
 * The best grid of an edge profile, `profile[i]` being the edge strength between samples i - 1 and i. Null where the
 * profile is too short or empty. Pitches need not be whole: enlarged mosaics have any.
 */
export function findGridAxis(profile: Float64Array, largestPitchPx: number): GridAxis | null {
  const total = profile.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  // Fewer than four lines would fit any profile.
  const largest = Math.min(largestPitchPx, profile.length / 4);
  if (largest < smallestPitchPx) return null;
  let best: { pitch: number; real: number; imaginary: number; height: number } | null = null;
  // Steps fine enough that the last line of the profile moves by less than an eighth of the pitch.
  for (let pitch = smallestPitchPx; pitch <= largest; pitch *= 1 + pitch / (8 * profile.length)) {
    const { real, imaginary } = spectrumAt(profile, pitch);
    const height = Math.hypot(real, imaginary) / total;
    // The comb's halves, thirds ... stand as high as itself: of equals, the largest pitch is the true one.
    if (best === null || height > best.height * (pitch > best.pitch * 1.5 ? 0.94 : 1)) {
      best = { pitch, real, imaginary, height };
    }
  }
  if (best === null) return null;
  const phase = Math.atan2(best.imaginary, best.real) / (2 * Math.PI);
  const originPx = (((phase % 1) + 1) % 1) * best.pitch;
  const evenness = evennessOf(profile, originPx, best.pitch);
  return { originPx, pitchPx: best.pitch, clarity: best.height, evenness };
}

/** Of the strengths s of the lines: (sum s)^2 / (n * sum s^2). */
function evennessOf(profile: Float64Array, originPx: number, pitchPx: number): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let position = originPx; position < profile.length - 1; position += pitchPx) {
    const line = Math.round(position);
    if (line < 1) continue;
    const strength = (profile[line - 1] ?? 0) + (profile[line] ?? 0) + (profile[line + 1] ?? 0);
    sum += strength;
    squares += strength * strength;
    count += 1;
  }
  return squares === 0 ? 0 : (sum * sum) / (count * squares);
}

/** One coefficient: its angle is the position of the lines. */
function spectrumAt(profile: Float64Array, pitch: number): { real: number; imaginary: number } {
  const step = (2 * Math.PI) / pitch;
  const [turnReal, turnImaginary] = [Math.cos(step), Math.sin(step)];
  let [real, imaginary, unitReal, unitImaginary] = [0, 0, 1, 0];
  for (const value of profile) {
    real += value * unitReal;
    imaginary += value * unitImaginary;
    const turned = unitReal * turnReal - unitImaginary * turnImaginary;
    unitImaginary = unitReal * turnImaginary + unitImaginary * turnReal;
    unitReal = turned;
  }
  return { real, imaginary };
}
