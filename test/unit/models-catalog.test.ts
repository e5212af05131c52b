// The committed catalogue: its facts are consistent with each other, with the bundled files and with the build.
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CatalogEntry, ModelPurpose } from '#shared/domain/model.ts';
import { bundledModels } from '../../scripts/build-models/bundled-models.ts';
import { asksForAcceptance } from '../../src/main/models/licence.ts';
import { loadCatalog } from '../../src/main/models/load-catalog.ts';

const root = join(import.meta.dirname, '..', '..');
const { models } = loadCatalog(join(root, 'models', 'catalog.json'));

function byId(id: string): CatalogEntry {
  const entry = models.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new Error(`no entry ${id}`);
  return entry;
}

function ranked(purpose: ModelPurpose): CatalogEntry[] {
  return models.filter((entry) => entry.purpose === purpose).sort((a, b) => b.rank - a.rank);
}

test('no two entries share an id or a digest', () => {
  expect(new Set(models.map((entry) => entry.id)).size).toBe(models.length);
  expect(new Set(models.map((entry) => entry.sha256)).size).toBe(models.length);
});

test('the official files are all there', () => {
  const fileNames = models.map((entry) => entry.fileName);
  expect(fileNames).toEqual(
    expect.arrayContaining([
      'codeformer.pth',
      'codeformer_colorization.pth',
      'codeformer_inpainting.pth',
      'detection_Resnet50_Final.pth',
      'detection_mobilenet0.25_Final.pth',
      'yolov5l-face.pth',
      'parsing_parsenet.pth',
      'parsing_bisenet.pth',
      'RealESRGAN_x2plus.pth',
      'RealESRGAN_x4plus.pth',
      'realesr-general-x4v3.pth',
      'realesr-general-wdn-x4v3.pth',
    ]),
  );
});

describe.each(models.map((entry) => [entry.id, entry] as const))('%s', (_id, entry) => {
  test('can be had, over https and as a file', () => {
    if (entry.isBundled) expect(entry.addresses).toEqual([]);
    else expect(entry.addresses.length).toBeGreaterThan(0);
    expect(new Set(entry.addresses).size).toBe(entry.addresses.length);
    for (const address of entry.addresses) expect(new URL(address)).toMatchObject({ protocol: 'https:' });
    for (const address of entry.addresses) expect(address).not.toMatch(/\.zip$|\/blob\/|\/tree\//);
  });

  test('has a licence that can be read', () => {
    expect(entry.licence.name.trim()).not.toBe('');
    if (!entry.isBundled) expect(entry.licence.url).toMatch(/^https:/);
  });

  test('has a file name of its container', () => {
    expect(entry.fileName.endsWith(`.${entry.container}`)).toBe(true);
  });

  test('names what its interface needs, or is only listed', () => {
    const { contract } = entry;
    if (entry.container === 'pth') expect(contract.interface).toBe('none');
    if (contract.interface === 'none') return expect(Object.keys(contract)).toEqual(['interface']);
    expect(contract.imageInput).toBeTruthy();
    expect(contract.colour).toBeTruthy();
    expect(contract.range).toBeTruthy();
    if (contract.interface === 'face-restorer') expect(contract.inputSidePx).toBeGreaterThan(0);
    if (contract.interface === 'upscaler') expect(contract.scale).toBeGreaterThan(1);
    if (contract.interface === 'parser-19-classes') expect(contract.classOrder).toBeTruthy();
  });
});

test('non-commercial terms are flagged wherever they are known', () => {
  const restricted = models.filter((entry) => /codeformer|gpen|scrfd|insightface|parsenet/.test(entry.id));
  expect(restricted.length).toBeGreaterThan(15);
  expect(restricted.filter((entry) => !entry.licence.isNonCommercial)).toEqual([]);
  expect(restricted.every(asksForAcceptance)).toBe(true);
});

test('free terms are not asked about', () => {
  for (const id of ['realesrgan-x2plus-onnx', 'yunet-2023mar-onnx', 'bisenet-resnet34-onnx', 'lite-face']) {
    expect(asksForAcceptance(byId(id)), id).toBe(false);
  }
  for (const entry of models.filter((candidate) => candidate.isBundled)) {
    expect(asksForAcceptance(entry), entry.id).toBe(false);
  }
});

test('CodeFormer is first among the restorers that run, Lite last', () => {
  const runnable = ranked('face-restoration').filter((entry) => entry.contract.interface !== 'none');
  expect(runnable.slice(0, 3).every((entry) => entry.id.startsWith('codeformer'))).toBe(true);
  expect(runnable.at(-1)?.id).toBe('lite-face');
});

test('every other detector replaces the bundled one', () => {
  expect(ranked('face-detection').at(-1)?.id).toBe('blazeface');
  expect(ranked('face-detection').at(-2)?.rank).toBeGreaterThan(byId('blazeface').rank);
});

test('the bundled restorer is the file in the repository', () => {
  const entry = byId('lite-face');
  const path = join(root, 'models', 'bundled', entry.id, entry.fileName);
  expect(statSync(path).size).toBe(entry.byteSize);
  expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(entry.sha256);
});

test('the models the build makes have the digests the catalogue promises', () => {
  for (const built of bundledModels) {
    const entry = models.find((candidate) => candidate.fileName === built.fileName);
    expect(entry, built.fileName).toMatchObject({ isBundled: true, sha256: built.sha256 });
  }
});
