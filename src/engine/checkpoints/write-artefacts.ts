// Writes the graphs of one converted model into a folder. Engine process.
// The folder is the caller's: it is a fresh one, moved into place when everything is in it.
import { open } from 'node:fs/promises';
import path from 'node:path';
import { throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import type { ArtefactFolder } from './architecture.ts';
import type { Checkpoint } from './checkpoint.ts';
import { ExternalWeights } from './external-weights.ts';
import { NetworkWriter, type Precision } from './network-writer.ts';
import { OnnxGraphWriter } from './onnx-graph-writer.ts';

export interface ArtefactOptions {
  readonly precision: Precision;
  readonly signal: AbortSignal;
  /** Goes into the graphs: whose weights these are. */
  readonly documentation: string;
}

/** Errors: what writing throws (ENOSPC and so on), JobCancelled between tensors. */
export function artefactFolder(
  folder: string,
  checkpoint: Checkpoint,
  { precision, signal, documentation }: ArtefactOptions,
): ArtefactFolder {
  const source: Checkpoint = {
    tensors: checkpoint.tensors,
    read(name) {
      throwIfCancelled(signal);
      return checkpoint.read(name);
    },
    close: () => checkpoint.close(),
  };
  return {
    precision,
    signal,
    async write(name, build) {
      const graph = new OnnxGraphWriter(name);
      const dataName = `${name}.onnx.data`;
      const dataFile = await open(path.join(folder, dataName), 'wx');
      try {
        await build(new NetworkWriter(graph, source, new ExternalWeights(dataFile, dataName), precision));
        await dataFile.sync();
      } finally {
        await dataFile.close();
      }
      const graphFile = await open(path.join(folder, `${name}.onnx`), 'wx');
      try {
        for (const piece of graph.finish({ producer: 'heirloom', documentation }))
          await graphFile.writeFile(piece);
        await graphFile.sync();
      } finally {
        await graphFile.close();
      }
    },
  };
}
