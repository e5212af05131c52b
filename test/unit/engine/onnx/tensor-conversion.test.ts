// Element types between steps and graphs.
import { expect, test } from 'vitest';
import { type ElementType, toElementType, toFloat32 } from '../../../../src/engine/onnx/tensor-conversion.ts';

const floats = { type: 'float32', data: Float32Array.of(-2.6, 0, 0.5, 1.4, 300), dims: [5] } as const;

test.each<[ElementType, readonly (number | bigint)[]]>([
  ['float64', [...Float64Array.from(floats.data)]],
  ['float16', [0xc133, 0, 0x3800, 0x3d9a, 0x5cb0]],
  ['int64', [-3n, 0n, 1n, 1n, 300n]],
  ['int32', [-3, 0, 1, 1, 300]],
  ['uint8', [0, 0, 1, 1, 255]],
  ['int8', [-3, 0, 1, 1, 127]],
  ['bool', [1, 0, 1, 1, 1]],
])('floats become %s', (wanted, expected) => {
  expect([...toElementType(floats, wanted)]).toEqual(expected);
});

test('a tensor of the right type is not copied', () => {
  expect(toElementType(floats, 'float32')).toBe(floats.data);
});

test('a fidelity given as float64 feeds a graph that wants float32, and the reverse', () => {
  const given = { type: 'float64', data: Float64Array.of(0.7), dims: [] } as const;
  expect(toElementType(given, 'float32')).toEqual(Float32Array.of(0.7));
  expect(toElementType({ type: 'int64', data: BigInt64Array.of(-5n), dims: [1] }, 'float64')).toEqual(
    Float64Array.of(-5),
  );
});

test('outputs of every type are read as floats, others are not guessed at', () => {
  expect(toFloat32('float32', floats.data)).toBe(floats.data);
  expect(toFloat32('float16', Uint16Array.of(0x3c00))).toEqual(Float32Array.of(1));
  expect(toFloat32('float64', Float64Array.of(0.25))).toEqual(Float32Array.of(0.25));
  expect(toFloat32('int64', BigInt64Array.of(7n))).toEqual(Float32Array.of(7));
  expect(toFloat32('uint8', Uint8Array.of(200))).toEqual(Float32Array.of(200));
  expect(toFloat32('string', ['a'])).toBeNull();
  expect(toFloat32('float32', [1, 2])).toBeNull();
});
