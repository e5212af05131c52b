// Reads one checked tensor from the file as floats, in blocks: no second copy of it is ever held. Engine process.
import { crc32 } from 'node:zlib';
import type { CheckedTensor } from './check-tensor.ts';
import type { CheckpointFile } from './checkpoint-file.ts';
import { damaged } from './damage.ts';
import { elementByteSizes, toFloats } from './element-types.ts';
import type { StoragePlace } from './stored-objects.ts';

const blockBytes = 1 << 20;

/** Throws DamagedCheckpoint when the bytes are not those the container vouches for. */
export async function readTensor(
  file: CheckpointFile,
  tensor: CheckedTensor,
  place: StoragePlace,
): Promise<Float32Array> {
  const { type } = tensor.record.storage;
  const { firstElement, endElement } = tensor;
  const elementBytes = elementByteSizes[type];
  const span = new Float32Array(endElement - firstElement);
  const isWhole = firstElement === 0 && endElement * elementBytes === place.byteSize;
  const checksum = await readSpan(file, span, {
    type,
    position: place.position + firstElement * elementBytes,
  });
  if (isWhole && place.crc32 !== null && checksum !== place.crc32) damaged('its numbers were altered');
  return tensor.isContiguous ? span : gather(span, tensor);
}

async function readSpan(
  file: CheckpointFile,
  span: Float32Array,
  { type, position }: { type: CheckedTensor['record']['storage']['type']; position: number },
): Promise<number> {
  const elementBytes = elementByteSizes[type];
  const block = new Uint8Array(Math.min(blockBytes, span.length * elementBytes));
  const blockElements = Math.floor(blockBytes / elementBytes);
  let checksum = 0;
  for (let first = 0; first < span.length; first += blockElements) {
    const count = Math.min(blockElements, span.length - first);
    const bytes = block.subarray(0, count * elementBytes);
    await file.fill(bytes, position + first * elementBytes);
    checksum = crc32(bytes, checksum);
    toFloats(bytes, type, span, first);
  }
  return checksum;
}

/** Elements in the order of the tensor's indices, the last one fastest. */
function gather(span: Float32Array, { record, elementCount }: CheckedTensor): Float32Array {
  const { dims, strides } = record;
  const gathered = new Float32Array(elementCount);
  const index = new Array<number>(dims.length).fill(0);
  let at = 0;
  for (let position = 0; position < elementCount; position += 1) {
    gathered[position] = span[at] as number;
    for (let axis = dims.length - 1; axis >= 0; axis -= 1) {
      const stride = strides[axis] as number;
      index[axis] = (index[axis] as number) + 1;
      at += stride;
      if ((index[axis] as number) < (dims[axis] as number)) break;
      at -= stride * (dims[axis] as number);
      index[axis] = 0;
    }
  }
  return gathered;
}
