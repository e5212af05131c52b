// Reads a TensorFlow.js graph model (a .json topology beside its .bin weights). Runs at build time only.
import { readFile } from 'node:fs/promises';
import { readTfjsWeights, type TfWeight, type WeightsManifest } from './tfjs-weights.ts';

export interface TfNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  /** Attributes as the file has them: {i: "1"}, {s: base64}, {list: {i: [...]}}. */
  readonly attributes: Readonly<Record<string, TfAttribute>>;
}

export interface TfAttribute {
  readonly i?: string;
  readonly s?: string;
  readonly list?: { readonly i?: readonly string[]; readonly s?: readonly string[] };
  readonly shape?: { readonly dim: readonly { readonly size: string }[] };
}

export interface TfModel {
  /** In the file's order, which is not an order of computation. */
  readonly nodes: ReadonlyMap<string, TfNode>;
  readonly weights: ReadonlyMap<string, TfWeight>;
}

interface ModelFile {
  readonly modelTopology: {
    readonly node: readonly {
      readonly name: string;
      readonly op: string;
      readonly input?: readonly string[];
      readonly attr?: Readonly<Record<string, TfAttribute>>;
    }[];
  };
  readonly weightsManifest: WeightsManifest;
}

/** Errors: a plain Error naming the weight when a data type or file length is not what the format promises. */
export async function readTfjsModel(jsonPath: string): Promise<TfModel> {
  const file = JSON.parse(await readFile(jsonPath, 'utf8')) as ModelFile;
  const weights = await readTfjsWeights(jsonPath, file.weightsManifest);
  const nodes = file.modelTopology.node.map(({ name, op, input, attr }): [string, TfNode] => [
    name,
    { name, op, inputs: input ?? [], attributes: attr ?? {} },
  ]);
  return { nodes: new Map(nodes), weights };
}
