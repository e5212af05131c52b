// A picture cut into lossless tiles at every size, upright and in sRGB, for a viewer that shows parts of it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tileSidePx } from '#shared/domain/tile-pyramid.ts';
import { readPhotoHeader } from './inspect-photo.ts';
import { forScreen, open, reading } from './make-preview.ts';
import { openPhotoSource } from './photo-source.ts';
import { writeFolderAtomically } from './write-atomically.ts';

/**
 * Writes `outputFolder`/LEVEL/COLUMN_ROW.png; level 0 is a single tile, the last one the picture itself. Lossless,
 * because tiles are what a person looks at pixel by pixel. Errors: as inspectPhoto and writeAtomically.
 */
export async function makeTiles(path: string, pageIndex: number, outputFolder: string): Promise<void> {
  const source = await openPhotoSource(path);
  const { header } = await readPhotoHeader(source, pageIndex);
  await writeFolderAtomically(outputFolder, async (temporaryFolder) => {
    const upright = forScreen((await open(source, pageIndex)).autoOrient(), header);
    await mkdir(temporaryFolder);
    // libvips puts the levels into a folder named after the file it is asked for.
    await reading(source, () =>
      upright
        .png({ compressionLevel: 1 })
        .tile({ size: tileSidePx, overlap: 0, layout: 'dz', depth: 'onetile' })
        .toFile(join(temporaryFolder, 'tiles.dz')),
    );
    return join(temporaryFolder, 'tiles_files');
  });
}
