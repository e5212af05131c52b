// A small JPEG of the newest finished frame, about once a second, for whoever watches. Runs in the engine process.
import { sharp } from '../../codec/libvips.ts';
import { toBytes } from '../../codec/sample-depth.ts';
import { readRegion } from '../../codec/video/frame-region.ts';
import type { FrameFormat } from '../../codec/video/pixel-format.ts';
import { release } from '../../pixels/release.ts';
import { wholeFrame } from './frame-eyes.ts';
import { writeDurably } from './work-folder.ts';

export interface LivePreview {
  /** Takes the frame's bytes now; the picture appears a little later. Rejects never: a preview is no reason to stop. */
  show(bytes: Uint8Array, format: FrameFormat): Promise<void>;
}

const gapMs = 1000;
const longestSidePx = 960;

export function createLivePreview(path: string, onChanged: () => void): LivePreview {
  let shownAtMs = Number.NEGATIVE_INFINITY;
  return {
    async show(bytes, format) {
      if (performance.now() - shownAtMs < gapMs) return;
      shownAtMs = performance.now();
      try {
        const jpeg = await jpegOf(bytes, format);
        await writeDurably(path, jpeg);
        onChanged();
      } catch {
        // A full disk or a folder that went away shows itself where it matters: in the segment.
      }
    },
  };
}

async function jpegOf(bytes: Uint8Array, format: FrameFormat): Promise<Buffer> {
  const { widthPx: width, heightPx: height, data } = readRegion(bytes, format, wholeFrame(format));
  const jpeg = await sharp(toBytes(data), { raw: { width, height, channels: 3 } })
    .resize({ width: longestSidePx, height: longestSidePx, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 82 })
    .toBuffer();
  release(data);
  return jpeg;
}
