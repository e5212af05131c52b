// Renders resources/icon.svg into every form a system wants: resources/icon.png (committed) and, in out/icons,
// NxN.png, icon.ico and icon.icns for the packages. Part of the build, when the drawing is newer than they are.
import { statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const resources = join(import.meta.dirname, '..', 'resources');

/** Linux desktops choose among these. */
const linuxSidesPx = [16, 24, 32, 48, 64, 128, 256, 512];
/** Windows: shell sizes at 100 to 400 %. */
const windowsSidesPx = [16, 24, 32, 48, 64, 128, 256];
/** macOS: type codes whose payload may be PNG, by side. */
const macTypes: readonly (readonly [type: string, sidePx: number])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

/** PNG of the drawing, rendered at its own size instead of scaled, RGBA. */
function render(sidePx: number): Promise<Buffer> {
  const drawnSidePx = 512;
  // 72 dots per inch is one pixel per SVG unit.
  const density = (72 * sidePx) / drawnSidePx;
  return sharp(join(resources, 'icon.svg'), { density })
    .resize(sidePx, sidePx)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** ICO with PNG payloads: a 6-byte header, 16 bytes per entry, then the pictures. A side of 256 is written as 0. */
export function icoOf(pictures: readonly { sidePx: number; png: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  pictures.forEach(({ sidePx, png }, index) => {
    const entry = 6 + 16 * index;
    header.writeUInt8(sidePx % 256, entry);
    header.writeUInt8(sidePx % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/** ICNS: a magic word and the total length, then type, length and payload of each; all big-endian. */
export function icnsOf(pictures: readonly { type: string; png: Buffer }[]): Buffer {
  const entries = pictures.map(({ type, png }) => {
    const head = Buffer.alloc(8);
    head.write(type, 'ascii');
    head.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([head, png]);
  });
  const head = Buffer.alloc(8);
  head.write('icns', 'ascii');
  head.writeUInt32BE(8 + entries.reduce((total, entry) => total + entry.length, 0), 4);
  return Buffer.concat([head, ...entries]);
}

/** Renders everything anew, unless `icon.icns`, which is written last, is newer than the drawing. */
export async function makeIcons(outputFolder: string): Promise<void> {
  const writtenLast = join(outputFolder, 'icon.icns');
  const drawnMs = statSync(join(resources, 'icon.svg')).mtimeMs;
  if ((statSync(writtenLast, { throwIfNoEntry: false })?.mtimeMs ?? 0) > drawnMs) return;

  await mkdir(outputFolder, { recursive: true });
  const sidesPx = [...new Set([...linuxSidesPx, ...windowsSidesPx, ...macTypes.map(([, sidePx]) => sidePx)])];
  const rendered = new Map<number, Buffer>();
  for (const sidePx of sidesPx) rendered.set(sidePx, await render(sidePx));
  const png = (sidePx: number): Buffer => rendered.get(sidePx) ?? Buffer.alloc(0);

  for (const sidePx of linuxSidesPx) {
    await writeFile(join(outputFolder, `${sidePx}x${sidePx}.png`), png(sidePx));
  }
  await writeFile(join(resources, 'icon.png'), png(512));
  await writeFile(
    join(outputFolder, 'icon.ico'),
    icoOf(windowsSidesPx.map((sidePx) => ({ sidePx, png: png(sidePx) }))),
  );
  await writeFile(writtenLast, icnsOf(macTypes.map(([type, sidePx]) => ({ type, png: png(sidePx) }))));
}
