// Four small pictures woven into one of twice the height and width: pixel (2y + v, 2x + h) is phase (v, h) at (y, x).
// Engine process. Two joins; DepthToSpace takes three times as long on the processor (bench/rewrites.ts).
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

/** Phases by row, then by column. */
export type Phases = readonly [readonly [OnnxValue, OnnxValue], readonly [OnnxValue, OnnxValue]];

/** @param sidePx of the answer, which has `channels` as each phase has. */
export function wovenPhases(
  network: NetworkWriter,
  phases: Phases,
  channels: number,
  sidePx: number,
): OnnxValue {
  const half = sidePx / 2;
  const rows = phases.map((columns) => {
    const thin = columns.map((phase) => network.reshape(phase, [channels, half, half, 1]));
    return network.reshape(network.node('Concat', thin, { axis: { int: 3 } }), [channels, half, 1, sidePx]);
  });
  return network.reshape(network.node('Concat', rows, { axis: { int: 2 } }), [1, channels, sidePx, sidePx]);
}
