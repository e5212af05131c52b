// The files we write are read back by onnxruntime itself: what it accepts and computes is what counts.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { OnnxGraphWriter } from '../../../../src/engine/checkpoints/onnx-graph-writer.ts';

const facts = { producer: 'heirloom', documentation: 'a test' };

async function open(graph: OnnxGraphWriter): Promise<InferenceSession> {
  return InferenceSession.create(Buffer.concat(graph.finish(facts)));
}

describe('OnnxGraphWriter', () => {
  it('writes a graph that onnxruntime loads and computes', async () => {
    const graph = new OnnxGraphWriter('affine');
    const x = graph.input('x', 'float32', [2, 3]);
    const scale = graph.constant({ type: 'float32', data: Float32Array.of(1, 10, 100), dims: [3] });
    const scaled = graph.node('Mul', [x, scale]);
    graph.output(graph.node('Relu', [scaled]), 'y', 'float32', [2, 3]);
    const session = await open(graph);
    const { y } = await session.run({ x: new Tensor('float32', [1, 2, 3, -4, 5, 6], [2, 3]) });
    expect(Array.from(y?.data as Float32Array)).toEqual([1, 20, 300, 0, 50, 600]);
  });

  it('keeps symbolic sizes, negative integers and every kind of attribute', async () => {
    const graph = new OnnxGraphWriter('attributes');
    const x = graph.input('x', 'float32', ['rows', 4]);
    const [left, right] = graph.nodes('Split', [x, graph.integers([1, 3])], 2, { axis: { int: -1 } });
    const leaky = graph.node('LeakyRelu', [right ?? ''], { alpha: { float: 0.5 } });
    const joined = graph.node('Concat', [leaky, left ?? ''], { axis: { int: 1 } });
    const turned = graph.node('Transpose', [joined], { perm: { ints: [1, 0] } });
    graph.output(graph.node('Reshape', [turned, graph.integers([-1])]), 'y', 'float32', ['elements']);
    const session = await open(graph);
    const { y } = await session.run({ x: new Tensor('float32', [1, 2, -4, 3, 5, -6, 7, 8], [2, 4]) });
    expect(Array.from(y?.data as Float32Array)).toEqual([2, -3, -2, 7, 3, 8, 1, 5]);
    expect(session.inputMetadata[0]).toMatchObject({ name: 'x', shape: ['rows', 4] });
  });

  it('takes half-precision constants as bit patterns', async () => {
    const graph = new OnnxGraphWriter('half');
    const x = graph.input('x', 'float32', [2]);
    const half = graph.constant({ type: 'float16', data: Uint16Array.of(0x3c00, 0xc100), dims: [2] });
    const wide = graph.node('Cast', [half], { to: { int: 1 } });
    graph.output(graph.node('Add', [x, wide]), 'y', 'float32', [2]);
    const { y } = await (await open(graph)).run({ x: new Tensor('float32', [0, 0], [2]) });
    expect(Array.from(y?.data as Float32Array)).toEqual([1, -2.5]);
  });

  it('shares equal integer lists and gives equal bytes for equal calls', () => {
    const write = () => {
      const graph = new OnnxGraphWriter('same');
      const x = graph.input('x', 'float32', [4]);
      expect(graph.integers([2, 2])).toBe(graph.integers([2, 2]));
      graph.output(graph.node('Reshape', [x, graph.integers([2, 2])]), 'y', 'float32', [2, 2]);
      return Buffer.concat(graph.finish(facts));
    };
    expect(write().equals(write())).toBe(true);
  });

  it('refuses a tensor nobody made, a name used twice and a constant of the wrong size', () => {
    const graph = new OnnxGraphWriter('wrong');
    graph.input('x', 'float32', [1]);
    expect(() => graph.node('Relu', ['z'])).toThrow(/reads z/);
    expect(() => graph.input('x', 'float32', [1])).toThrow(/two tensors are named x/);
    const data = Float32Array.of(1, 2, 3);
    expect(() => graph.constant({ type: 'float32', data, dims: [2, 2] })).toThrow(/3 elements/);
  });
});
