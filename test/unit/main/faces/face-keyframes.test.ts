import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parsePictureAddress } from '#shared/contract/pictures.ts';
import { type FaceId, modelIdSchema, type PhotoId } from '#shared/domain/ids.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { driveStudio, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
let photoId: PhotoId;
let faceIds: FaceId[];
beforeEach(async () => {
  driver = driveStudio();
  withFidelity();
  await driver.call('project.create', { documentPath: path.join(driver.dataFolder, 'Family.heirloom') });
  const sources = [{ kind: 'path', path: driver.picture('a.png', { faces: 2 }) } as const];
  const photo = (await driver.call('photos.import', { sources })).imported[0];
  if (photo === undefined) throw new Error('not imported');
  photoId = photo.id;
  await driver.ended((await driver.call('faces.find', { photoId })).id);
  faceIds = (await driver.call('faces.list', { photoId })).map(({ id }) => id);
});
afterEach(() => driver.close());

/** The fake files say nothing of what they can do. */
function withFidelity(): void {
  const { bestFor } = driver.models;
  driver.models.bestFor = async (purpose) => {
    const file = await bestFor(purpose);
    if (file === null || purpose !== 'face-restoration') return file;
    const fidelityInput = { name: 'w', dtype: 'float32', rank: 0 } as const;
    return { ...file, contract: { ...file.contract, fidelityInput } };
  };
}
const face = (index: number): FaceId => faceIds[index] as FaceId;
const ask = (fidelities: number[], index = 0) =>
  driver.call('faces.keyframes', { photoId, faceId: face(index), fidelities });
const renderings = () => driver.engine.tasks.filter((task) => task.kind === 'fidelity-keyframes');
async function textAt(address: string): Promise<string> {
  const request = parsePictureAddress(address);
  if (request === null) throw new Error(`${address} is no picture address`);
  return readFileSync((await driver.studio.pictureFile(request)).path, 'utf8');
}

it('renders a face once, at the fidelities asked for, and gives pictures by address', async () => {
  const first = await ask([1, 0, 0.5]);
  expect(first.hasFidelity).toBe(true);
  expect(first.keyframes.map(({ fidelity }) => fidelity)).toEqual([0, 0.5, 1]);
  expect(await Promise.all(first.keyframes.map(({ address }) => textAt(address)))).toEqual([
    'at 0',
    'at 0.5',
    'at 1',
  ]);
  expect(await textAt(first.originalAddress)).toBe('as it is');
  expect(await ask([0, 0.5, 1])).toEqual(first);
  expect(renderings()).toHaveLength(1);
  expect(renderings()[0]).toMatchObject({ monochrome: { mode: 'auto' } });
});

it('a strip renders only what a slider has not', async () => {
  await ask([0, 0.5, 1]);
  const strip = await ask([0, 0.25, 0.5, 0.75, 1]);
  expect(strip.keyframes).toHaveLength(5);
  expect(renderings()[1]?.keyframes.map(({ fidelity }) => fidelity)).toEqual([0.25, 0.75]);
  expect(renderings()[1]?.originalPath).toBeNull();
});

it('two wishes at a time for one face render nothing twice', async () => {
  await Promise.all([ask([0, 0.5, 1]), ask([0, 0.25, 0.5, 0.75, 1]), ask([0, 0.5, 1], 1)]);
  const files = renderings().flatMap(({ keyframes }) => keyframes.map((frame) => frame.path));
  expect(new Set(files).size).toBe(files.length);
  expect(files).toHaveLength(8);
});

it('another model or colour means other pictures, another strength does not', async () => {
  const first = await ask([0]);
  await driver.call('edits.apply', {
    photoId,
    edit: { kind: 'face.set-strength', faceId: face(0), strength: 0.5 },
  });
  expect(await ask([0])).toEqual(first);
  await driver.call('edits.apply', { photoId, edit: { kind: 'photo.set-monochrome', mode: 'gray' } });
  const gray = await ask([0]);
  expect(gray.originalAddress).not.toBe(first.originalAddress);
  await driver.call('edits.apply', {
    photoId,
    edit: { kind: 'face.set-colour-match', faceId: face(0), matchesColour: true },
  });
  expect((await ask([0])).originalAddress).not.toBe(gray.originalAddress);
  expect(renderings().at(-1)).toMatchObject({ matchesColour: true });
  driver.models.installed.add('codeformer');
  await driver.call('edits.apply', {
    photoId,
    edit: { kind: 'face.set-model', faceId: face(0), modelId: modelIdSchema.parse('codeformer') },
  });
  const other = await ask([0]);
  expect(other.originalAddress).not.toBe(gray.originalAddress);
  // fileOf of the fake model names no fidelity: one look is rendered once.
  expect(other).toMatchObject({ hasFidelity: false, keyframes: [{ fidelity: 0 }] });
});

it('a failure is said, and the next wish tries again', async () => {
  driver.engine.failNext('fidelity-keyframes', new HeirloomError('engine.crashed'));
  await expect(ask([0])).rejects.toThrow('engine.crashed');
  expect(await textAt((await ask([0])).originalAddress)).toBe('as it is');
});

it('says when the face or its picture is not there', async () => {
  const nobody = crypto.randomUUID() as FaceId;
  expect(await driver.failure('faces.keyframes', { photoId, faceId: nobody, fidelities: [0] })).toBe(
    'face.not-found',
  );
  const { originalAddress } = await ask([0]);
  rmSync(path.join(driver.dataFolder, 'Family', 'previews'), { recursive: true });
  await expect(textAt(originalAddress)).rejects.toThrow('face.not-found');
  expect(parsePictureAddress('/pictures/face/..%2f/original')).toBeNull();
  expect(parsePictureAddress(originalAddress.replace('original', '../x'))).toBeNull();
});
