// Checkpoints PyTorch wrote, read back number by number; and what is refused, by name, without running anything.
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../../../../src/engine/checkpoints/reader/open-checkpoint.ts';
import { checkpointPath, containers, expectedCheckpoints } from '../../../../helpers/checkpoint-fixtures.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'heirloom-reader-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function changed(source: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  const target = path.join(folder, `changed-${Math.random()}.pth`);
  await writeFile(target, change(await readFile(source)));
  return target;
}

const good = Object.entries(expectedCheckpoints).flatMap(([name, tensors]) =>
  typeof tensors === 'string' ? [] : containers.map((container) => ({ name, container, tensors })),
);
const refused = Object.entries(expectedCheckpoints).flatMap(([name, global]) =>
  typeof global === 'string' ? containers.map((container) => ({ name, container, global })) : [],
);

test.each(good)('$name in the $container container', async ({ name, container, tensors }) => {
  const checkpoint = await openCheckpoint(checkpointPath(name, container));
  try {
    expect([...checkpoint.tensors.values()]).toEqual(
      tensors.map(({ name: tensorName, type, dims }) => ({ name: tensorName, type, dims })),
    );
    for (const { name: tensorName, values } of tensors) {
      expect([tensorName, ...(await checkpoint.read(tensorName))]).toEqual([tensorName, ...values]);
    }
  } finally {
    await checkpoint.close();
  }
});

test('every read is a fresh array', async () => {
  const checkpoint = await openCheckpoint(checkpointPath('every-type', 'zip'));
  const [first, second] = [await checkpoint.read('whole'), await checkpoint.read('whole')];
  first.fill(0);
  expect(second[1]).toBe(0.125);
  await expect(checkpoint.read('absent')).rejects.toThrow(RangeError);
  await checkpoint.close();
});

describe('refused', () => {
  test.each(refused)('$global in the $container container', async ({ name, container, global }) => {
    await copyFile(checkpointPath(name, container), path.join(folder, `${name}.pth`));
    const before = process.cwd();
    process.chdir(folder);
    try {
      await expect(openCheckpoint(`${name}.pth`)).rejects.toMatchObject({
        code: 'model.checkpoint-refused',
        params: { fileName: `${name}.pth`, global },
      });
    } finally {
      process.chdir(before);
    }
    expect(existsSync(path.join(folder, 'heirloom-checkpoint-ran'))).toBe(false);
    expect((await readdir(folder)).every((file) => file.endsWith('.pth'))).toBe(true);
  });

  test('what is no checkpoint, empty or not there', async () => {
    const text = await changed(checkpointPath('state-dict', 'zip'), () => Buffer.from('not a checkpoint'));
    await expect(openCheckpoint(text)).rejects.toMatchObject({ code: 'model.checkpoint-damaged' });
    const empty = await changed(text, () => Buffer.alloc(0));
    await expect(openCheckpoint(empty)).rejects.toMatchObject({ code: 'file.empty' });
    await expect(openCheckpoint(path.join(folder, 'gone.pth'))).rejects.toMatchObject({
      code: 'file.not-found',
    });
    await expect(openCheckpoint(folder)).rejects.toMatchObject({ code: 'file.unreadable' });
  });

  test('numbers that were altered inside a zip archive are noticed when they are read', async () => {
    const altered = await changed(checkpointPath('state-dict', 'zip'), (bytes) => {
      // The convolution's first weight, wherever it lies: found by its bytes.
      const at = bytes.indexOf(Buffer.from(Float32Array.of(firstWeight()).buffer));
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    });
    const checkpoint = await openCheckpoint(altered);
    await expect(checkpoint.read('0.weight')).rejects.toMatchObject({
      code: 'model.checkpoint-damaged',
      params: { reason: 'its numbers were altered' },
    });
    await checkpoint.close();
  });

  test.each(containers)('a %s file cut off anywhere', async (container) => {
    const whole = await readFile(checkpointPath('state-dict', container));
    for (let length = 1; length < whole.length; length += 97) {
      const cut = await changed(checkpointPath('state-dict', container), (bytes) =>
        bytes.subarray(0, length),
      );
      await expect(openCheckpoint(cut), `${length} bytes`).rejects.toMatchObject({
        code: 'model.checkpoint-damaged',
      });
    }
  });
});

function firstWeight(): number {
  const tensors = expectedCheckpoints['state-dict'];
  if (typeof tensors === 'string') throw new Error('state-dict is a good checkpoint');
  return tensors?.find(({ name }) => name === '0.weight')?.values[0] ?? Number.NaN;
}
