// Small copies of photos and results for the window, made on first use and kept in previews/. Main process.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type PictureRequest, type PictureVariant, pictureVariants } from '#shared/contract/pictures.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { EnginePort } from '../engine-host/engine-port.ts';
import type { FaceKeyframesService } from '../faces/face-keyframes-service.ts';
import { writeErrorOf } from '../file-system/file-errors.ts';
import type { PhotosService } from '../photos/photos-service.ts';
import type { ResultsService } from '../results/results-service.ts';

/** Raise when previews of the same picture should look otherwise: old ones are then left unused. */
const previewVersion = 1;

const fileTypes: Record<PictureVariant, { extension: string; contentType: string }> = {
  thumbnail: { extension: 'webp', contentType: 'image/webp' },
  screen: { extension: 'webp', contentType: 'image/webp' },
  /** Lossless: this is what a person looks at pixel by pixel. */
  full: { extension: 'png', contentType: 'image/png' },
};

/** As previewVersion, for tiles. */
const tilesVersion = 1;

type TileRequest = Extract<PictureRequest, { tile: unknown }>;

export interface PictureFile {
  readonly path: string;
  readonly contentType: string;
}

export interface PreviewsService {
  /** Errors: photo.not-found, photo.original-missing, result.not-found, face.not-found, output.*, engine's. */
  pictureFile(request: PictureRequest): Promise<PictureFile>;
}

export interface PreviewsOptions {
  readonly photos: PhotosService;
  readonly results: ResultsService;
  readonly faces: Pick<FaceKeyframesService, 'pictureFile'>;
  readonly engine: EnginePort;
  /** previews/ of the project; a folder of ours when the project is read-only. */
  readonly previewsFolder: string;
}

interface Source {
  /** Names the pixels: same name, same preview. */
  readonly name: string;
  readonly path: string;
  readonly pageIndex: number;
}

export function createPreviewsService(options: PreviewsOptions): PreviewsService {
  const { photos, results, engine, previewsFolder } = options;
  /** One promise per preview, so that ten requests for it make it once. Gone when done: the file is the cache. */
  const underWay = new Map<string, Promise<PictureFile>>();

  async function sourceOf(request: Exclude<PictureRequest, { kind: 'face' }>): Promise<Source> {
    if (request.kind === 'result' || request.kind === 'result-tile') {
      const { result, path: resultPath } = await results.get(request.id);
      return { name: result.key, path: resultPath, pageIndex: 0 };
    }
    const stored = photos.get(request.id);
    const { sha256, pageIndex, fileName } = stored.photo;
    const originalPath = photos.originalPathOf(stored);
    if (!existsSync(originalPath)) throw new HeirloomError('photo.original-missing', { fileName });
    return { name: `${sha256}-${pageIndex}`, path: originalPath, pageIndex };
  }

  async function make(source: Source, variant: PictureVariant, previewPath: string): Promise<PictureFile> {
    try {
      await mkdir(previewsFolder, { recursive: true });
    } catch (error) {
      throw writeErrorOf(error, previewsFolder);
    }
    const { path: writtenPath } = await engine.run(
      {
        kind: 'make-preview',
        path: source.path,
        pageIndex: source.pageIndex,
        maxSidePx: pictureVariants[variant],
        outputPath: previewPath,
      },
      { priority: 'interactive' },
    );
    return { path: writtenPath, contentType: fileTypes[variant].contentType };
  }

  /** All tiles of a picture are made at its first one. Errors: file.not-found for a tile outside the picture. */
  async function tileFile(request: TileRequest): Promise<PictureFile> {
    const source = await sourceOf(request);
    const outputFolder = path.join(previewsFolder, `${source.name}-tiles-v${tilesVersion}`);
    if (!existsSync(outputFolder)) await once(outputFolder, () => cut(source, outputFolder));
    const { level, column, row } = request.tile;
    const fileName = `${column}_${row}.png`;
    const tilePath = path.join(outputFolder, String(level), fileName);
    if (!existsSync(tilePath)) throw new HeirloomError('file.not-found', { fileName });
    return { path: tilePath, contentType: 'image/png' };
  }

  async function cut({ path: sourcePath, pageIndex }: Source, outputFolder: string): Promise<PictureFile> {
    await engine.run(
      { kind: 'make-tiles', path: sourcePath, pageIndex, outputFolder },
      { priority: 'interactive' },
    );
    return { path: outputFolder, contentType: 'image/png' };
  }

  function once(name: string, work: () => Promise<PictureFile>): Promise<PictureFile> {
    const waiting = underWay.get(name);
    if (waiting !== undefined) return waiting;
    const making = work().finally(() => underWay.delete(name));
    underWay.set(name, making);
    return making;
  }

  return {
    async pictureFile(request) {
      if (request.kind === 'face') return options.faces.pictureFile(request.id, request.variant);
      if ('tile' in request) return tileFile(request);
      const source = await sourceOf(request);
      const { extension, contentType } = fileTypes[request.variant];
      const fileName = `${source.name}-${request.variant}-v${previewVersion}.${extension}`;
      const previewPath = path.join(previewsFolder, fileName);
      if (existsSync(previewPath)) return { path: previewPath, contentType };
      return once(previewPath, () => make(source, request.variant, previewPath));
    },
  };
}
