// Is a tensor what its storage can hold? Every length is checked here, before anything is allocated for it.
// Engine process, readers only.
import { damaged } from './damage.ts';
import { elementByteSizes } from './element-types.ts';
import type { TensorRecord } from './pickle-values.ts';

/** A tensor that lies whole inside its storage. Positions count elements from the beginning of the stored bytes. */
export interface CheckedTensor {
  readonly record: TensorRecord;
  readonly elementCount: number;
  readonly firstElement: number;
  /** Behind the last one; equal to firstElement for an empty tensor. */
  readonly endElement: number;
  /** Elements follow each other in the order they are read. */
  readonly isContiguous: boolean;
}

/**
 * `storageBytes`: length of the storage in the file, null when the file has none of that key. `mostElements`: how many
 * floats reading the tensor may allocate. Throws DamagedCheckpoint.
 */
export function checkTensor(
  name: string,
  record: TensorRecord,
  storageBytes: number | null,
  mostElements: number,
): CheckedTensor {
  const { storage, storageOffset, dims, strides } = record;
  if (storageBytes === null) damaged(`the storage of ${name} is missing`);
  if (dims.length !== strides.length || dims.length > 16) damaged(`${name} has an impossible shape`);
  const elementCount = dims.reduce((product, size) => product * size, 1);
  const firstElement = storage.firstElement + storageOffset;
  let lastOffset = 0;
  let isContiguous = true;
  let expectedStride = 1;
  for (let axis = dims.length - 1; axis >= 0; axis -= 1) {
    const size = dims[axis] as number;
    const stride = strides[axis] as number;
    if (size > 1 && stride !== expectedStride) isContiguous = false;
    expectedStride *= size;
    lastOffset += Math.max(0, size - 1) * stride;
  }
  const endElement = elementCount === 0 ? firstElement : firstElement + lastOffset + 1;
  const lengths = [elementCount, firstElement, endElement];
  if (!lengths.every(Number.isSafeInteger)) damaged(`${name} has an impossible shape`);
  const heldElements = storageBytes / elementByteSizes[storage.type];
  const isInsideView = endElement - storage.firstElement <= storage.elementCount;
  if (!isInsideView || endElement > heldElements) damaged(`${name} reaches beyond its storage`);
  if (elementCount > mostElements) damaged(`${name} repeats its elements too often`);
  return { record, elementCount, firstElement, endElement, isContiguous };
}
