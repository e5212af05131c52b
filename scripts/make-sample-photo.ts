// Makes resources/samples/album-page.jpg, the photo to try Heirloom on: one portrait on an album page, damaged six ways.
// Run by hand: node scripts/make-sample-photo.ts PORTRAIT.png, with the portrait that resources/samples/README.md names.
import path from 'node:path';
import sharp, { type OverlayOptions, type Sharp } from 'sharp';

const pageWidthPx = 1560;
const pageHeightPx = 1180;
const printHeightPx = 470;
const printWidthPx = 400;
const borderPx = 16;

interface Damage {
  readonly turnDegrees: number;
  readonly isMirrored: boolean;
  /** The width the portrait is reduced to before it is enlarged again: what a cheap camera kept. */
  readonly keptWidthPx: number;
  readonly blurPx: number;
  readonly noise: number;
  readonly age: (picture: Sharp) => Sharp;
}

const faded = (picture: Sharp): Sharp => picture.modulate({ saturation: 0.6 }).linear(0.7, 62);
const reddened = (picture: Sharp): Sharp => picture.linear([0.86, 0.7, 0.62], [40, 44, 34]);
const gray = (picture: Sharp): Sharp => picture.modulate({ saturation: 0 }).linear(0.82, 24);
const sepia = (picture: Sharp): Sharp =>
  picture.modulate({ saturation: 0 }).linear([0.84, 0.72, 0.56], [38, 28, 16]);

const damages: readonly Damage[] = [
  { turnDegrees: -1.6, isMirrored: false, keptWidthPx: 150, blurPx: 0.8, noise: 10, age: faded },
  { turnDegrees: 1.2, isMirrored: true, keptWidthPx: 170, blurPx: 0.8, noise: 12, age: sepia },
  { turnDegrees: -0.8, isMirrored: false, keptWidthPx: 110, blurPx: 0.6, noise: 8, age: gray },
  { turnDegrees: 2.2, isMirrored: true, keptWidthPx: 200, blurPx: 1.6, noise: 8, age: reddened },
  { turnDegrees: -2.4, isMirrored: false, keptWidthPx: 130, blurPx: 1, noise: 16, age: sepia },
  { turnDegrees: 0.9, isMirrored: true, keptWidthPx: 120, blurPx: 0.7, noise: 14, age: faded },
];

/** Head and shoulders of the portrait, aged, inside a white border. */
async function makePrint(portraitPath: string, damage: Damage): Promise<Buffer> {
  const { keptWidthPx, blurPx, noise, age, isMirrored, turnDegrees } = damage;
  const bust = sharp(portraitPath).extract({ left: 100, top: 4, width: 236, height: 277 }).flop(isMirrored);
  const small = await bust.resize(keptWidthPx).blur(blurPx).removeAlpha().png().toBuffer();
  const large = sharp(small).resize(printWidthPx, printHeightPx, { fit: 'fill', kernel: 'cubic' });
  const aged = await age(sharp(await large.png().toBuffer()))
    .png()
    .toBuffer();
  const grain = await sharp({
    create: {
      width: printWidthPx,
      height: printHeightPx,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: noise },
    },
  })
    .grayscale()
    .toColourspace('srgb')
    .png()
    .toBuffer();
  const print = await sharp(aged)
    .composite([{ input: grain, blend: 'soft-light' }])
    .extend({ top: borderPx, bottom: borderPx, left: borderPx, right: borderPx, background: '#efe6d2' })
    .png()
    .toBuffer();
  return sharp(print).rotate(turnDegrees, { background: '#00000000' }).png().toBuffer();
}

async function makePage(portraitPath: string): Promise<Sharp> {
  const prints: OverlayOptions[] = [];
  for (const [index, damage] of damages.entries()) {
    const input = await makePrint(portraitPath, damage);
    const { width, height } = await sharp(input).metadata();
    prints.push({
      input,
      left: Math.round(((index % 3) + 0.5) * (pageWidthPx / 3) - width / 2),
      top: Math.round((Math.floor(index / 3) + 0.5) * (pageHeightPx / 2) - height / 2),
    });
  }
  // A pipeline tints after it composites, so the cardboard is finished first.
  const cardboard = sharp({
    create: {
      width: pageWidthPx,
      height: pageHeightPx,
      channels: 3,
      background: '#3c332a',
      noise: { type: 'gaussian', mean: 52, sigma: 4 },
    },
  })
    .grayscale()
    .toColourspace('srgb')
    .tint('#6b5a48');
  return sharp(await cardboard.png().toBuffer()).composite(prints);
}

const portraitPath = process.argv[2];
if (portraitPath === undefined) {
  process.stderr.write('Name the portrait: node scripts/make-sample-photo.ts PORTRAIT.png\n');
  process.exit(2);
}
const target = path.join(import.meta.dirname, '../resources/samples/album-page.jpg');
const page = await (await makePage(portraitPath)).png().toBuffer();
await sharp(page).withMetadata({ density: 300 }).jpeg({ quality: 82 }).toFile(target);
