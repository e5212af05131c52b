// RRDBNet's tail: features to pixels at four times their sides, a strip of rows after the other. Engine process.
// At the output's size 64 channels of a photo of 1.5 megapixels are 1.5 GB, three times what the body needs. The tail
// sees less than two rows of features beyond its own, so strips cost next to nothing and are exact: the rows that a
// strip's artificial border reaches are cut off again.
import { convolution } from '../layers/convolution.ts';
import { leakyRelu } from '../layers/rectifiers.ts';
import { repeatPixels } from '../layers/resizing.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

const slope = 0.2;
/** The output's sides over the features'. */
export const enlargement = 4;
/** With four, no tensor of the tail is larger than what the body needs anyway. */
const stripCount = 4;
/**
 * Rows of features read beyond a strip. At the output's size the border reaches 2 rows through the first convolution,
 * and one through each of the other three: 5 rows, less than 2 of features.
 */
const haloRows = 2;

/** Bounds of strips of `stripCount`, for any number of rows: computed in the graph. */
export async function enlargeInStrips(network: NetworkWriter, features: OnnxValue): Promise<OnnxValue> {
  const { graph } = network;
  const whole = (value: number) => graph.integers([value]);
  const rows = graph.node('Shape', [features], { start: { int: 2 }, end: { int: 3 } });
  const bound = (index: number) =>
    graph.node('Div', [graph.node('Mul', [rows, whole(index)]), whole(stripCount)]);
  const axis = whole(2);
  const strips: OnnxValue[] = [];
  for (let index = 0; index < stripCount; index += 1) {
    const [from, to] = [bound(index), bound(index + 1)];
    const readFrom = graph.node('Max', [graph.node('Sub', [from, whole(haloRows)]), whole(0)]);
    const readTo = graph.node('Min', [graph.node('Add', [to, whole(haloRows)]), rows]);
    const pixels = await enlarge(network, graph.node('Slice', [features, readFrom, readTo, axis]));
    const inPixels = (row: OnnxValue) =>
      graph.node('Mul', [graph.node('Sub', [row, readFrom]), whole(enlargement)]);
    strips.push(graph.node('Slice', [pixels, inPixels(from), inPixels(to), axis]));
  }
  return graph.node('Concat', strips, { axis: { int: 2 } });
}

async function enlarge(network: NetworkWriter, features: OnnxValue): Promise<OnnxValue> {
  const doubled = await bent(network, repeatPixels(network, features, 2), 'conv_up1');
  const twice = await bent(network, repeatPixels(network, doubled, 2), 'conv_up2');
  return convolution(network, await bent(network, twice, 'conv_hr'), 'conv_last');
}

async function bent(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  return leakyRelu(network, await convolution(network, input, name), slope);
}
