// Compositing ten restored faces into a 4000 x 3000 photo at x2: time, peak memory, and the whole-canvas way beside it.
// node bench/paste-back.ts [--faces N] [--all-reference-faces] [--no-reference]
// The reference runs one face and is multiplied, unless --all-reference-faces is given: it costs the same for each.
import type { AffineMatrix } from '../src/engine/pixels/affine-matrix.ts';
import type { Raster } from '../src/engine/pixels/raster.ts';
import { type FacePaste, pasteBack } from '../src/engine/steps/paste-back.ts';
import { measureWithOpenCv } from './paste-back/opencv-reference.ts';
import { measureWholeCanvas } from './paste-back/whole-canvas-reference.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';

const bench = 'paste-back';
const photo = { widthPx: 4000, heightPx: 3000 };
const scale = 2;
const args = process.argv.slice(2);
const faceCount = args.includes('--faces') ? Number(args[args.indexOf('--faces') + 1]) : 10;

/** Two rows of a group photo; the squares' sides go from 480 to 840 photo pixels, turned by up to 20 degrees. */
function makePastes(): FacePaste[] {
  const mask = makeMask();
  const face = makePicture(512, 512);
  return Array.from({ length: faceCount }, (_, i) => {
    const sidePx = 480 + (360 * i) / Math.max(1, faceCount - 1);
    const degrees = ((i * 37) % 41) - 20;
    const x = 400 + 800 * (i % 5);
    const y = 800 + 1400 * (Math.floor(i / 5) % 2);
    return { face, mask, photoToFace: placeFace(x, y, sidePx, degrees), alignedSizePx: 512, strength: 1 };
  });
}

function placeFace(x: number, y: number, sidePx: number, degrees: number): AffineMatrix {
  const zoom = 512 / sidePx;
  const cos = Math.cos((degrees * Math.PI) / 180) * zoom;
  const sin = Math.sin((degrees * Math.PI) / 180) * zoom;
  return [cos, sin, 255.5 - cos * x - sin * y, -sin, cos, 255.5 + sin * x - cos * y];
}

/** An oval as a parser would leave it: the face and hair, soft at its rim. */
function makeMask() {
  const data = new Float32Array(512 * 512);
  for (let y = 0; y < 512; y++) {
    for (let x = 0; x < 512; x++) {
      const distance = Math.hypot((x - 256) / 190, (y - 256) / 235);
      data[y * 512 + x] = Math.min(1, Math.max(0, (1 - distance) * 6));
    }
  }
  return { widthPx: 512, heightPx: 512, data };
}

function makePicture(widthPx: number, heightPx: number): Raster {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let i = 0; i < data.length; i++) data[i] = (i * 7 + (i >> 9)) & 255;
  return { widthPx, heightPx, data };
}

const canvas = makePicture(photo.widthPx * scale, photo.heightPx * scale);
const pastes = makePastes();
const { signal } = new AbortController();

const seconds = [1, 2, 3].map(() => {
  const begin = performance.now();
  pasteBack(canvas, pastes, { scale, signal });
  return (performance.now() - begin) / 1000;
});
const cold = seconds[0] ?? Number.NaN;
const warm = Math.min(...seconds);
const peakRatio = (process.resourceUsage().maxRSS * 1024) / canvas.data.byteLength;

reportRow(rowAtMost(bench, `${faceCount} faces, first run`, cold, 's', 2.5));
reportRow(rowShown(bench, `${faceCount} faces, best of three`, warm, 's'));
reportRow(rowAtMost(bench, 'peak memory of the process over output raster', peakRatio, 'x', 3));

if (!args.includes('--no-reference')) {
  const referencePastes = args.includes('--all-reference-faces') ? pastes : pastes.slice(0, 1);
  const reference =
    measureWithOpenCv(canvas, referencePastes, scale) ?? measureWholeCanvas(canvas, referencePastes, scale);
  const all = (reference.seconds / referencePastes.length) * pastes.length;
  const how =
    referencePastes.length === pastes.length
      ? 'measured'
      : `${referencePastes.length} face measured, multiplied`;
  reportRow(rowShown(bench, `whole-canvas way, ${reference.name}, ${how}`, all, 's'));
  reportRow(rowShown(bench, 'whole-canvas way over this (first run)', all / cold, 'x'));
}
