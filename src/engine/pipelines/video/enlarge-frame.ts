// A frame through the background upscaler, with its faces laid into the enlarged picture. Slow. Runs in the engine process.
import { resizeRaster } from '../../codec/resize-raster.ts';
import { readRegion } from '../../codec/video/frame-region.ts';
import { type FrameFormat, frameByteLength } from '../../codec/video/pixel-format.ts';
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import type { Raster } from '../../pixels/raster.ts';
import { release } from '../../pixels/release.ts';
import { blendBackground } from '../../steps/upscale/blend-background.ts';
import { upscalePhoto } from '../../steps/upscale-photo.ts';
import { wholeFrame } from './frame-eyes.ts';
import { type FaceOfFrame, type FrameRestorer, layBack, restoreInPicture } from './restore-frame.ts';

/** Answers the frame as the encoder takes it, in a buffer of its own that is the caller's. */
export type EnlargeFrame = (
  bytes: Uint8Array,
  index: number,
  faces: readonly FaceOfFrame[],
  how: FrameRestorer | null,
) => Promise<Uint8Array>;

export interface EnlargeOptions {
  readonly upscaler: LoadedModel;
  readonly decoded: FrameFormat;
  readonly encoded: FrameFormat;
  readonly backgroundStrength: number;
  readonly signal: AbortSignal;
}

/** Both formats are RGB. */
export function makeEnlarger({
  upscaler,
  decoded,
  encoded,
  backgroundStrength,
  signal,
}: EnlargeOptions): EnlargeFrame {
  const { widthPx, heightPx } = encoded;
  const scale = widthPx / decoded.widthPx;
  return async (bytes, index, faces, how) => {
    const picture = readRegion(bytes, decoded, wholeFrame(decoded));
    const pastes =
      how === null ? [] : await inOrder(faces, (face) => restoreInPicture(picture, face, index, how));
    const plain = await resizeRaster(picture, widthPx, heightPx, 'lanczos3');
    const upscaled = await upscalePhoto(picture, upscaler, { signal });
    const fitted = await resizeRaster(upscaled, widthPx, heightPx, 'lanczos3');
    const canvas = blendBackground(plain, fitted, backgroundStrength);
    const grain = how?.grain ?? 0;
    for (const paste of pastes) layBack(canvas, picture, paste, index, { scale, grain, signal });
    const pictures = [
      picture,
      plain,
      upscaled,
      fitted,
      ...pastes.flatMap(({ face, aligned }) => [face, aligned.face]),
    ];
    release(...pictures.filter((one) => one !== canvas).map(({ data }) => data));
    return bytesOf(canvas, frameByteLength(encoded));
  };
}

async function inOrder<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function bytesOf({ data }: Raster, byteLength: number): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (bytes.length !== byteLength) throw new RangeError(`${bytes.length} bytes instead of ${byteLength}`);
  return bytes;
}
