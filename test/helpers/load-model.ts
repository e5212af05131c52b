// Opens an ONNX file for a test straight through onnxruntime-node: no providers, no memory budget.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { FloatTensor, LoadedModel, Tensor } from '../../src/engine/onnx/loaded-model.ts';
import { modelFileSchema } from '../../src/shared/contract/model-file.ts';
import type { ModelContract } from '../../src/shared/domain/model.ts';

/** `path` is an ONNX file; `contract` becomes `file.contract` as it is. */
export async function loadModelForTest(path: string, contract: ModelContract): Promise<LoadedModel> {
  const bytes = await readFile(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const session = await InferenceSession.create(path, { intraOpNumThreads: 2 });
  const inputDims: Record<string, readonly (number | null)[]> = {};
  for (const metadata of session.inputMetadata) {
    if (!metadata.isTensor) continue;
    inputDims[metadata.name] = metadata.shape.map((size) => (typeof size === 'number' ? size : null));
  }
  return {
    file: modelFileSchema.parse({ modelId: 'test-model', sha256, path, contract }),
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    inputDims,
    run: async (feeds) => {
      const ortFeeds: Record<string, OrtTensor> = {};
      for (const [name, tensor] of Object.entries(feeds)) ortFeeds[name] = toOrt(tensor);
      const outputs: Record<string, FloatTensor> = {};
      for (const [name, tensor] of Object.entries(await session.run(ortFeeds))) {
        if (!(tensor.data instanceof Float32Array)) throw new TypeError(`${name} is ${tensor.type}`);
        outputs[name] = { type: 'float32', data: tensor.data, dims: tensor.dims };
      }
      return outputs;
    },
  };
}

function toOrt(tensor: Tensor): OrtTensor {
  return new OrtTensor(tensor.type, tensor.data, tensor.dims);
}
