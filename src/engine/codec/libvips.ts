// The one import of sharp, with its settings. Engine process only; nothing outside src/engine/codec may import sharp.
import { availableParallelism } from 'node:os';
import sharp from 'sharp';

// Every picture is opened once: libvips' operation cache would only hold on to memory and open files.
sharp.cache(false);
// One picture at a time is decoded or encoded, so it may use all cores.
sharp.concurrency(availableParallelism());

export { sharp };

/** What a picture is fed to sharp as: a path, or its bytes. */
export type SharpInput = string | Uint8Array;

/** Options for reading pixels. Damage that loses pixels is an error; libjpeg's harmless warnings are not. */
export const readOptions = { failOn: 'error', limitInputPixels: false } as const;
