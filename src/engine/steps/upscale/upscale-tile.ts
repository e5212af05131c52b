// One tile through an upscaling network. Runs in the engine process.
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import { rasterToTensor, tensorToRaster } from '../../onnx/raster-tensor.ts';
import type { Raster } from '../../pixels/raster.ts';

/** The size every input must have, for networks with fixed sides; null when any size will do. */
export function fixedTileSize(model: LoadedModel): { widthPx: number; heightPx: number } | null {
  const [heightPx, widthPx] = (model.inputDims[inputNameOf(model)] ?? []).slice(-2);
  if (typeof heightPx === 'number' && typeof widthPx === 'number') return { widthPx, heightPx };
  const side = model.file.contract.inputSidePx;
  return side === undefined ? null : { widthPx: side, heightPx: side };
}

/**
 * Same sample depth as `tile`, its sides times the contract's scale.
 * Errors: model.wrong-output for another size or numbers that are none; what `run` throws passes through.
 */
export async function upscaleTile(tile: Raster, model: LoadedModel): Promise<Raster> {
  const { contract, modelId } = model.file;
  const scale = upscalerScale(model);
  const layout = { range: contract.range ?? 'zero-to-one', colour: contract.colour ?? 'rgb' } as const;
  const outputs = await model.run({ [inputNameOf(model)]: rasterToTensor(tile, layout) });
  const output = outputs[contract.output ?? model.outputNames[0] ?? 'output'];
  const [channels, heightPx, widthPx] = output?.dims.slice(-3) ?? [];
  const isRight = channels === 3 && heightPx === tile.heightPx * scale && widthPx === tile.widthPx * scale;
  if (output === undefined || !isRight || !allFinite(output.data)) {
    throw new HeirloomError('model.wrong-output', { name: modelId });
  }
  return tensorToRaster(output, layout, tile.data instanceof Uint16Array ? 16 : 8);
}

/** Output over input, 1 for networks that only clean. */
export function upscalerScale(model: LoadedModel): number {
  return model.file.contract.scale ?? 1;
}

function inputNameOf(model: LoadedModel): string {
  return model.file.contract.imageInput ?? model.inputNames[0] ?? 'input';
}

/** A device out of its range answers with NaN or infinity, which would become black or white tiles. */
function allFinite(values: Float32Array): boolean {
  // One NaN or infinity makes the sum none: adding is faster than asking each value.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return Number.isFinite(sum);
}
