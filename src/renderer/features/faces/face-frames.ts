// The pixels behind a live face: rendered keyframes as samples, blended into a canvas. Runs in the renderer.
import { faceOvalAt } from '#shared/domain/face-oval.ts';
import { blendSamples, keyframeBlend } from '#shared/domain/keyframe-blend.ts';

/** Canvas pixels per side: the template's own size. */
export const frameSidePx = 512;

/** Keyframes of one face, rising in fidelity. Alpha is the soft oval in which the face is laid back. */
export interface FaceFrames {
  readonly fidelities: readonly number[];
  readonly samples: readonly Uint8ClampedArray[];
}

export async function loadFaceFrames(
  keyframes: readonly { readonly fidelity: number; readonly address: string }[],
): Promise<FaceFrames> {
  return {
    fidelities: keyframes.map(({ fidelity }) => fidelity),
    samples: await Promise.all(keyframes.map(({ address }) => samplesAt(address))),
  };
}

/** Draws the face at `fidelity` into a canvas of `frameSidePx`. */
export function drawFaceFrame(canvas: HTMLCanvasElement, frames: FaceFrames, fidelity: number): void {
  const context = canvas.getContext('2d');
  const { from, to, share } = keyframeBlend(frames.fidelities, fidelity);
  const [low, high] = [frames.samples[from], frames.samples[to]];
  if (context === null || low === undefined || high === undefined) return;
  const image = context.createImageData(frameSidePx, frameSidePx);
  blendSamples(low, high, share, image.data);
  context.putImageData(image, 0, 0);
}

async function samplesAt(address: string): Promise<Uint8ClampedArray> {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const canvas = new OffscreenCanvas(frameSidePx, frameSidePx);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas to read a picture with');
  context.drawImage(picture, 0, 0, frameSidePx, frameSidePx);
  const { data } = context.getImageData(0, 0, frameSidePx, frameSidePx);
  for (let pixel = 0; pixel < frameSidePx * frameSidePx; pixel += 1) {
    data[pixel * 4 + 3] = faceOvalAt(pixel % frameSidePx, Math.floor(pixel / frameSidePx)) * 255;
  }
  return data;
}
