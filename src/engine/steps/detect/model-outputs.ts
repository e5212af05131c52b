// Looks at a network's answer before anyone reads numbers out of it. Runs in the engine process.
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { FloatTensor } from '../../onnx/loaded-model.ts';

export type ModelOutputs = Readonly<Record<string, FloatTensor>>;

/** The output called `name` with exactly `dims`. Errors: model.wrong-output naming `modelId`. */
export function outputNamed(
  modelId: string,
  outputs: ModelOutputs,
  name: string,
  dims: readonly number[],
): FloatTensor {
  const tensor = outputs[name];
  const fits =
    tensor !== undefined &&
    tensor.dims.length === dims.length &&
    dims.every((size, axis) => size === tensor.dims[axis]);
  if (!fits) throw wrongOutput(modelId, `${name} [${dims.join(', ')}]`, outputs);
  return tensor;
}

/**
 * The one output of `rows` rows of `columns` numbers, with or without a batch dimension of 1, whatever its name: some
 * exports number their outputs. Errors: model.wrong-output when there is none or more than one.
 */
export function outputShaped(
  modelId: string,
  outputs: ModelOutputs,
  rows: number,
  columns: number,
): FloatTensor {
  const fitting = Object.values(outputs).filter(({ dims }) => {
    const [last, beforeLast] = [dims.at(-1), dims.at(-2)];
    return last === columns && beforeLast === rows && dims.slice(0, -2).every((size) => size === 1);
  });
  const [tensor] = fitting;
  if (tensor === undefined || fitting.length > 1) {
    throw wrongOutput(modelId, `one output [${rows}, ${columns}]`, outputs);
  }
  return tensor;
}

function wrongOutput(modelId: string, expected: string, outputs: ModelOutputs): HeirloomError {
  const got = Object.entries(outputs).map(([name, { dims }]) => `${name} [${dims.join(', ')}]`);
  const cause = new Error(`expected ${expected}, got ${got.join('; ') || 'nothing'}`);
  return new HeirloomError('model.wrong-output', { name: modelId }, { cause });
}
