// YOLOv5-face's last layer: from feature maps to faces in input pixels. Engine process.
// Computes in single precision whatever the network's own: half precision cannot tell pixels apart beyond 1024.
import { convolution } from '../layers/convolution.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

const strides = [8, 16, 32] as const;
/** Centre, size, confidence, five points, confidence in the class: in the network's order. */
const columns = 16;
const anchorsPerCell = 3;

/**
 * `levels` are the features at strides 8, 16 and 32. The answer is float32 [1, n, 16]: centre x and y, width and
 * height, confidence 0..1, x and y of five points, confidence 0..1 that a found thing is a face.
 */
export async function detect(
  network: NetworkWriter,
  levels: readonly OnnxValue[],
  name: string,
): Promise<OnnxValue> {
  const anchorSizes = await network.floats(`${name}.anchor_grid`);
  const rows: OnnxValue[] = [];
  for (const [index, stride] of strides.entries()) {
    const map = await convolution(network, levels[index] as OnnxValue, `${name}.m.${index}`);
    const sizes = anchorSizes.slice(index * anchorsPerCell * 2, (index + 1) * anchorsPerCell * 2);
    rows.push(decodeLevel(network, map, stride, sizes));
  }
  return network.node('Concat', rows, { axis: { int: 1 } });
}

/** `anchorSizes`: width and height of each anchor, in input pixels. */
function decodeLevel(
  network: NetworkWriter,
  map: OnnxValue,
  stride: number,
  anchorSizes: Float32Array,
): OnnxValue {
  const { graph } = network;
  const floats = (data: readonly number[] | Float32Array, dims: readonly number[]) =>
    graph.constant({ type: 'float32', data: Float32Array.from(data), dims });
  const raw = graph.node('Cast', [map], { to: { int: onnxFloat } });
  const cells = graph.node('Shape', [raw], { start: { int: 2 } });
  const split = graph.node('Concat', [graph.integers([1, anchorsPerCell, columns]), cells], {
    axis: { int: 0 },
  });
  const parts = graph.nodes(
    'Split',
    [graph.node('Reshape', [raw, split]), graph.integers([2, 2, 1, 10, 1])],
    5,
    { axis: { int: 2 } },
  ) as [OnnxValue, OnnxValue, OnnxValue, OnnxValue, OnnxValue];
  const [centre, size, confidence, points, faceConfidence] = parts;

  const corner = cellCorners(network, cells, stride);
  const anchors = floats(anchorSizes, [1, anchorsPerCell, 2, 1, 1]);
  const twice = (value: OnnxValue) => graph.node('Mul', [graph.node('Sigmoid', [value]), floats([2], [])]);

  // Up to half a cell beyond the own cell on either side.
  const offset = graph.node('Sub', [twice(centre), floats([0.5], [])]);
  const centrePx = graph.node('Add', [graph.node('Mul', [offset, floats([stride], [])]), corner]);
  const factor = twice(size);
  const sizePx = graph.node('Mul', [graph.node('Mul', [factor, factor]), anchors]);
  const five = (value: OnnxValue) =>
    graph.node('Concat', Array<OnnxValue>(5).fill(value), { axis: { int: 2 } });
  const pointsPx = graph.node('Add', [graph.node('Mul', [points, five(anchors)]), five(corner)]);

  const joined = graph.node(
    'Concat',
    [
      centrePx,
      sizePx,
      graph.node('Sigmoid', [confidence]),
      pointsPx,
      graph.node('Sigmoid', [faceConfidence]),
    ],
    { axis: { int: 2 } },
  );
  return network.reshape(network.transpose(joined, [0, 1, 3, 4, 2]), [1, -1, columns]);
}

/** x and y of each cell's corner in input pixels: float32 [1, 1, 2, rows, columns]. */
function cellCorners(network: NetworkWriter, cells: OnnxValue, stride: number): OnnxValue {
  const { graph } = network;
  const scalar = (value: number) =>
    graph.constant({ type: 'int64', data: BigInt64Array.of(BigInt(value)), dims: [] });
  const along = (axis: 0 | 1, shape: readonly number[]) => {
    const count = graph.node('Gather', [cells, scalar(axis)]);
    const range = graph.node('Range', [scalar(0), count, scalar(1)]);
    const grid = network.reshape(graph.node('Cast', [range], { to: { int: onnxFloat } }), shape);
    const dims = graph.node('Concat', [graph.integers([1, 1, 1]), cells], { axis: { int: 0 } });
    return graph.node('Expand', [grid, dims]);
  };
  const x = along(1, [1, 1, 1, 1, -1]);
  const y = along(0, [1, 1, 1, -1, 1]);
  const both = graph.node('Concat', [x, y], { axis: { int: 2 } });
  const factor = graph.constant({ type: 'float32', data: Float32Array.of(stride), dims: [] });
  return graph.node('Mul', [both, factor]);
}

/** TensorProto's number of float32. */
const onnxFloat = 1;
