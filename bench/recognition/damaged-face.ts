// A face as an old film shows it: small, gray, grainy, compressed, its landmarks a little off. The same for the same seed.
import sharp from 'sharp';
import type { Raster } from '../../src/engine/pixels/raster.ts';
import { faceTemplate512 } from '../../src/shared/domain/face-template.ts';
import type { Landmarks, Point } from '../../src/shared/domain/geometry.ts';
import { seededRandom } from '../../test/helpers/seeded-random.ts';

export interface PlacedFace {
  readonly picture: Raster;
  readonly landmarks: Landmarks;
}

/** Forehead to chin over the side of an aligned square, by the bundled face mesh: median of 121 faces. */
const faceShare = 0.64;
const smallestFacePx = 60;
const largestFacePx = 100;
const noiseSigma = 12;
const jpegQuality = 40;
/** Of the distance between the eyes: what the landmarks of two frames of one face differ by. */
const landmarkJitter = 0.03;

/** The crop as it is, landmarks where the template has them. */
export async function cleanFace(path: string): Promise<PlacedFace> {
  const { data, info } = await sharp(path)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const picture: Raster = { widthPx: info.width, heightPx: info.height, data };
  return { picture, landmarks: landmarksAt(info.width) };
}

/** One of the damaged forms of a crop; another `seed`, another size, grain and jitter. */
export async function damagedFace(path: string, seed: number): Promise<PlacedFace> {
  const random = seededRandom(seed);
  const facePx = smallestFacePx + random() * (largestFacePx - smallestFacePx);
  const side = Math.round(facePx / faceShare);
  const gray = await sharp(path)
    .resize(side, side, { fit: 'fill' })
    .grayscale()
    .toColourspace('b-w')
    .removeAlpha()
    .raw()
    .toBuffer();
  const grainy = Uint8Array.from(gray, (value) =>
    Math.min(255, Math.max(0, Math.round(value + noiseSigma * normal(random)))),
  );
  const file = await sharp(grainy, { raw: { width: side, height: side, channels: 1 } })
    .jpeg({ quality: jpegQuality })
    .toBuffer();
  const data = await sharp(file).toColourspace('srgb').removeAlpha().raw().toBuffer();
  const exact = landmarksAt(side);
  const jitterPx = landmarkJitter * (exact[1][0] - exact[0][0]);
  const moved = ([x, y]: Point): Point => [x + jitterPx * normal(random), y + jitterPx * normal(random)];
  const [leftEye, rightEye, nose, leftMouth, rightMouth] = exact;
  return {
    picture: { widthPx: side, heightPx: side, data },
    landmarks: [moved(leftEye), moved(rightEye), moved(nose), moved(leftMouth), moved(rightMouth)],
  };
}

function landmarksAt(side: number): Landmarks {
  const scaled = ([x, y]: Point): Point => [(x * side) / 512, (y * side) / 512];
  const [leftEye, rightEye, nose, leftMouth, rightMouth] = faceTemplate512;
  return [scaled(leftEye), scaled(rightEye), scaled(nose), scaled(leftMouth), scaled(rightMouth)];
}

/** Box and Muller's method. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
