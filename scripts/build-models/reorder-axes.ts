// TensorFlow stores kernels as [height, width, in, out], ONNX wants [out, in, height, width]. Pure; runs at build time only.

/** Sizes of a kernel's four axes. */
export type FourDims = readonly [number, number, number, number];

/** Errors: a plain Error for a tensor that is no kernel. */
export function fourDims({ dims }: { readonly dims: readonly number[] }): FourDims {
  const [a, b, c, d] = dims;
  if (a === undefined || b === undefined || c === undefined || d === undefined || dims.length !== 4) {
    throw new Error('a kernel must have four dimensions');
  }
  return [a, b, c, d];
}

/** Writes the four-dimensional `source` into `target`, both of one length: axis k of the target is axis `order[k]`. */
export function reorderAxes<Data extends Float32Array | Uint8Array>(
  source: ArrayLike<number>,
  dims: FourDims,
  order: FourDims,
  target: Data,
): Data {
  const sourceStrides = dims.map((_, axis) => dims.slice(axis + 1).reduce((p, size) => p * size, 1));
  const sizes = order.map((axis) => dims[axis] ?? 0);
  const strides = order.map((axis) => sourceStrides[axis] ?? 0);
  const [size0 = 0, size1 = 0, size2 = 0, size3 = 0] = sizes;
  const [stride0 = 0, stride1 = 0, stride2 = 0, stride3 = 0] = strides;
  let at = 0;
  for (let i = 0; i < size0; i++) {
    for (let j = 0; j < size1; j++) {
      for (let k = 0; k < size2; k++) {
        for (let l = 0; l < size3; l++) {
          target[at++] = source[i * stride0 + j * stride1 + k * stride2 + l * stride3] ?? 0;
        }
      }
    }
  }
  return target;
}
