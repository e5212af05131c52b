// Writes PyTorch's zip container from TypeScript, one tensor at a time: checkpoints of any size for tests and benches.
// The bytes are laid out as PyTorch 1.13 lays them out (test/fixtures/checkpoints has files of its own).
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

export interface TensorToWrite {
  readonly name: string;
  readonly dims: readonly number[];
  /** All elements, row by row; int64 is written from rounded numbers. */
  values(): Float32Array;
  readonly type?: 'float32' | 'int64';
}

const alignmentBytes = 64;

/** `topKey`: such as "params_ema"; null for a bare state dict. */
export async function writeZipCheckpoint(
  path: string,
  topKey: string | null,
  tensors: readonly TensorToWrite[],
): Promise<void> {
  const file = await open(path, 'w');
  const entries: { header: Buffer; name: Buffer }[] = [];
  let position = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    for (let done = 0; done < bytes.byteLength; ) {
      done += (await file.write(bytes, done, bytes.byteLength - done)).bytesWritten;
    }
    position += bytes.byteLength;
  };
  const add = async (entryName: string, content: Uint8Array): Promise<void> => {
    const name = Buffer.from(`archive/${entryName}`);
    const begin = position + 30 + name.length + 4;
    const padding = (alignmentBytes - (begin % alignmentBytes)) % alignmentBytes;
    const extra = Buffer.alloc(4 + padding);
    extra.write('FB', 0);
    extra.writeUInt16LE(padding, 2);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    writeFacts(local, 4, content, name.length, extra.length);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    writeFacts(central, 6, content, name.length, 0);
    central.writeUInt32LE(position, 42);
    entries.push({ header: central, name });
    for (const piece of [local, name, extra, content]) await write(piece);
  };
  try {
    await add('data.pkl', stateDictPickle(topKey, tensors));
    for (const [index, tensor] of tensors.entries()) await add(`data/${index}`, bytesOf(tensor));
    await add('version', Buffer.from('3\n'));
    const directoryPosition = position;
    for (const { header, name } of entries) {
      await write(header);
      await write(name);
    }
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(entries.length, 8);
    end.writeUInt16LE(entries.length, 10);
    end.writeUInt32LE(position - directoryPosition, 12);
    end.writeUInt32LE(directoryPosition, 16);
    await write(end);
  } finally {
    await file.close();
  }
}

/** From the version needed on, where local and central headers agree but for their lengths. */
function writeFacts(
  header: Buffer,
  at: number,
  content: Uint8Array,
  nameBytes: number,
  extraBytes: number,
): void {
  header.writeUInt32LE(crc32(content), at + 10);
  header.writeUInt32LE(content.byteLength, at + 14);
  header.writeUInt32LE(content.byteLength, at + 18);
  header.writeUInt16LE(nameBytes, at + 22);
  header.writeUInt16LE(extraBytes, at + 24);
}

function bytesOf({ values, type }: TensorToWrite): Uint8Array {
  const floats = values();
  if (type !== 'int64') return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
  return new Uint8Array(BigInt64Array.from(floats, (value) => BigInt(Math.round(value))).buffer);
}

function stateDictPickle(topKey: string | null, tensors: readonly TensorToWrite[]): Buffer {
  const stateDict = Buffer.concat([
    orderedDictionary,
    Buffer.from('('),
    ...tensors.flatMap((tensor, index) => [text(tensor.name), tensorPickle(tensor, index)]),
    Buffer.from('u'),
  ]);
  const root =
    topKey === null
      ? stateDict
      : Buffer.concat([Buffer.from('}'), text(topKey), stateDict, Buffer.from('s')]);
  return Buffer.concat([Buffer.from([0x80, 2]), root, Buffer.from('.')]);
}

/** _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks). */
function tensorPickle({ dims, type }: TensorToWrite, index: number): Buffer {
  const strides: number[] = [];
  let count = 1;
  for (const size of dims.toReversed()) {
    strides.unshift(count);
    count *= size;
  }
  const storageClass = type === 'int64' ? 'LongStorage' : 'FloatStorage';
  return Buffer.concat([
    global('torch._utils', '_rebuild_tensor_v2'),
    Buffer.from('(('),
    text('storage'),
    global('torch', storageClass),
    text(String(index)),
    text('cpu'),
    integer(count),
    Buffer.from('tQ'),
    integer(0),
    tuple(dims),
    tuple(strides),
    Buffer.from([0x89]),
    orderedDictionary,
    Buffer.from('tR'),
  ]);
}

function global(moduleName: string, name: string): Buffer {
  return Buffer.from(`c${moduleName}\n${name}\n`);
}

const orderedDictionary = Buffer.concat([global('collections', 'OrderedDict'), Buffer.from(')R')]);

function tuple(values: readonly number[]): Buffer {
  return Buffer.concat([Buffer.from('('), ...values.map(integer), Buffer.from('t')]);
}

function integer(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.write('J');
  bytes.writeInt32LE(value, 1);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(5);
  length.write('X');
  length.writeUInt32LE(bytes.length, 1);
  return Buffer.concat([length, bytes]);
}
