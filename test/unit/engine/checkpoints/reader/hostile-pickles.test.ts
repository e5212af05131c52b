// Pickles made by hand to run code, to fill the memory, or to have no end. All are refused by name or reason.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../../../../src/engine/checkpoints/reader/open-checkpoint.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'heirloom-hostile-'));
});
afterAll(() => rm(folder, { recursive: true }));

const protocol = Buffer.from([0x80, 2]);
const magic = Buffer.from([0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]);
const pickle = (...pieces: (string | Uint8Array)[]): Buffer =>
  Buffer.concat([
    protocol,
    ...pieces.map((piece) => Buffer.from(piece as string, 'latin1')),
    Buffer.from('.'),
  ]);

/** An old checkpoint whose object is `object`; storages follow as (count, bytes). */
async function legacy(
  object: Buffer,
  keys: Buffer = pickle(']'),
  storages = Buffer.alloc(0),
): Promise<string> {
  const file = path.join(folder, `${Math.random()}.pth`);
  const beginning = [pickle(magic), pickle('M\xe9\x03'), pickle('}')];
  await writeFile(file, Buffer.concat([...beginning, object, keys, storages]));
  return file;
}

const text = (value: string): Buffer =>
  Buffer.from(`X${String.fromCharCode(value.length)}\0\0\0${value}`, 'latin1');
const int = (value: number): Buffer => {
  const bytes = Buffer.alloc(5, 'J');
  bytes.writeInt32LE(value, 1);
  return bytes;
};

/** {"weight": tensor} with one storage "0" of four floats. */
function oneTensor(dims: number[], strides: number[], offset = 0): Buffer {
  return pickle(
    '}',
    text('weight'),
    'ctorch._utils\n_rebuild_tensor_v2\n((',
    text('storage'),
    'ctorch\nFloatStorage\n',
    text('0'),
    text('cpu'),
    int(4),
    'NtQ',
    int(offset),
    '(',
    ...dims.map(int),
    't(',
    ...strides.map(int),
    't\x89}tRs',
  );
}
const oneKey = pickle(']', text('0'), 'a');
const fourFloats = Buffer.concat([
  Buffer.from([4, 0, 0, 0, 0, 0, 0, 0]),
  Buffer.from(Float32Array.of(1, 2, 3, 4).buffer),
]);

test('the good one of these is read', async () => {
  const checkpoint = await openCheckpoint(await legacy(oneTensor([2, 2], [1, 2]), oneKey, fourFloats));
  expect([...(await checkpoint.read('weight'))]).toEqual([1, 3, 2, 4]);
  await checkpoint.close();
});

describe('code', () => {
  test.each([
    ['called', 'cposix\nsystem\n(X\x02\0\0\0idtR', 'posix.system'],
    ['called under a name of Windows', 'cnt\nsystem\n(X\x02\0\0\0idtR', 'nt.system'],
    ['named on the stack', 'X\x02\0\0\0osX\x06\0\0\0system\x93', 'os.system'],
    ['only named', 'csubprocess\nPopen\n', 'subprocess.Popen'],
    ['made without a call', 'csubprocess\nPopen\n)\x81', 'subprocess.Popen'],
    [
      'a module class that is called',
      'ctorch.nn.modules.linear\nLinear\n)R',
      'torch.nn.modules.linear.Linear',
    ],
    ['a storage class that is called', 'ctorch\nFloatStorage\n)R', 'torch.FloatStorage'],
    [
      'reconstructed',
      'ccopy_reg\n_reconstructor\n(ctorch\nFloatStorage\nc__builtin__\nobject\nNtR',
      'torch.FloatStorage',
    ],
    [
      'a look-alike of an allowed name',
      'ctorch._utils\n_rebuild_tensor_v2.__globals__\n',
      'torch._utils._rebuild_tensor_v2.__globals__',
    ],
    ["a name of JavaScript's own", 'c__proto__\nconstructor\n)R', '__proto__.constructor'],
    ['a function of torch', 'ctorch\nload\n', 'torch.load'],
    ['a lazy loader', 'ctorch.hub\nload_state_dict_from_url\n', 'torch.hub.load_state_dict_from_url'],
  ])('%s', async (_what, object, global) => {
    await expect(openCheckpoint(await legacy(pickle(object)))).rejects.toMatchObject({
      code: 'model.checkpoint-refused',
      params: { global },
    });
  });

  test.each([
    ['INST', '(iposix\nsystem\n'],
    ['OBJ', '(cposix\nsystem\no'],
    ['EXT1', '\x82\x01'],
    ['a persistent id of another kind', 'X\x02\0\0\0idQ'],
    ['a call of a text', 'X\x02\0\0\0id)R'],
  ])('%s is no opcode of a checkpoint', async (_what, object) => {
    const refusal = openCheckpoint(await legacy(pickle(object)));
    await expect(refusal).rejects.toMatchObject({ code: expect.stringMatching(/^model\.checkpoint-/) });
  });
});

describe('memory', () => {
  const manyBytes = 2 << 20;
  test.each([
    ['empty lists', ']'.repeat(manyBytes)],
    ['empty dicts', '}'.repeat(manyBytes)],
    ['marks', '('.repeat(manyBytes)],
    ['copies', `]${'2'.repeat(manyBytes)}`],
    ['memories', `]${'\x94'.repeat(manyBytes)}`],
    ['nested tuples', `)${'\x85'.repeat(manyBytes)}`],
  ])('two megabytes of %s do not become hundreds', async (_what, object) => {
    const file = await legacy(pickle(object));
    const before = process.memoryUsage().heapUsed;
    await expect(openCheckpoint(file)).rejects.toMatchObject({ code: 'model.checkpoint-damaged' });
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(5 * manyBytes);
  });

  test.each([
    ['a text', 'X\xff\xff\xff\x7f'],
    ['a long text', '\x8d\xff\xff\xff\xff\xff\xff\xff\x7f'],
    ['bytes', 'B\xff\xff\xff\xff'],
    ['a number', '\x8b\xff\xff\xff\x7f'],
  ])('%s longer than the file', async (_what, object) => {
    await expect(openCheckpoint(await legacy(pickle(object)))).rejects.toMatchObject({
      code: 'model.checkpoint-damaged',
    });
  });

  test.each([
    ['repeats its elements', [100_000, 100_000], [0, 0], 0],
    ['has more elements than numbers can count', [2_000_000_000, 2_000_000_000, 2_000_000_000], [0, 0, 0], 0],
    ['reaches beyond its storage', [5], [1], 0],
    ['begins beyond its storage', [1], [1], 4],
    ['steps beyond its storage', [2], [4], 0],
    ['has a negative size', [-1], [1], 0],
    ['has a negative stride', [2], [-1], 3],
    ['has fewer strides than sizes', [2, 2], [1], 0],
  ])('a tensor that %s', async (_what, dims, strides, offset) => {
    const file = await legacy(oneTensor(dims, strides, offset), oneKey, fourFloats);
    await expect(openCheckpoint(file)).rejects.toMatchObject({ code: 'model.checkpoint-damaged' });
  });

  test('a storage that says it is longer than the file', async () => {
    const count = Buffer.alloc(8, 0xff);
    for (const huge of [count, Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])]) {
      const file = await legacy(oneTensor([4], [1]), oneKey, huge);
      await expect(openCheckpoint(file)).rejects.toMatchObject({ code: 'model.checkpoint-damaged' });
    }
  });
});

test('modules inside each other without end', async () => {
  // A module whose only child is itself: class, empty, remembered, {"_modules": {"again": itself}}.
  const object = [
    'ctorch.nn.modules.module\nModule\n)\x81q\0}',
    text('_modules'),
    '}',
    text('again'),
    'h\0ssb',
  ];
  await expect(openCheckpoint(await legacy(pickle(...object)))).rejects.toMatchObject({
    code: 'model.checkpoint-damaged',
    params: { reason: 'its modules have no end' },
  });
});
