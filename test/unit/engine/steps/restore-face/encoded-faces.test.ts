import { expect, it } from 'vitest';
import {
  createEncodedFaces,
  encodedFaceKey,
} from '../../../../../src/engine/steps/restore-face/encoded-faces.ts';

const face = (floats: number) => ({
  base: { type: 'float32', data: new Float32Array(floats), dims: [floats] } as const,
});

it('keeps the faces used last within the budget', async () => {
  const faces = createEncodedFaces(80);
  let encodings = 0;
  const use = (key: string) =>
    faces.encoded(key, async () => {
      encodings += 1;
      return face(10);
    });
  await use('a');
  await use('b');
  await use('a');
  expect(encodings).toBe(2);
  await use('c');
  expect(faces.byteSize()).toBe(80);
  await use('a');
  expect(encodings).toBe(3);
  await use('b');
  expect(encodings).toBe(4);
});

it('shares one encoding between two callers and forgets one that failed', async () => {
  const faces = createEncodedFaces(1000);
  let encodings = 0;
  const slow = async () => {
    encodings += 1;
    await Promise.resolve();
    return face(1);
  };
  const [left, right] = await Promise.all([faces.encoded('a', slow), faces.encoded('a', slow)]);
  expect(left).toBe(right);
  expect(encodings).toBe(1);
  await expect(faces.encoded('b', () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  expect(await faces.encoded('b', slow)).toBeDefined();
});

it('tells faces, depths and models apart', () => {
  const data = Uint8Array.from({ length: 12 }, (_, index) => index);
  const key = encodedFaceKey({ widthPx: 2, heightPx: 2, data }, 'm');
  expect(encodedFaceKey({ widthPx: 2, heightPx: 2, data: data.slice() }, 'm')).toBe(key);
  expect(encodedFaceKey({ widthPx: 2, heightPx: 2, data: data.toReversed() }, 'm')).not.toBe(key);
  expect(encodedFaceKey({ widthPx: 4, heightPx: 1, data }, 'm')).not.toBe(key);
  expect(encodedFaceKey({ widthPx: 2, heightPx: 2, data }, 'n')).not.toBe(key);
});
