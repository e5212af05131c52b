// One opened network. The only file that imports onnxruntime, and only when the first network is needed:
// its native library takes tens of milliseconds to load and most starts of the engine do without it.
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { ExecutionProvider } from '#shared/domain/settings.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { FloatTensor, Tensor } from './loaded-model.ts';
import { physicalCoreCount } from './physical-cores.ts';
import {
  type ElementData,
  type ElementType,
  isElementType,
  toElementType,
  toFloat32,
} from './tensor-conversion.ts';

export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputDims: Readonly<Record<string, readonly (number | null)[]>>;
  /** Blocks this thread for as long as the network computes: onnxruntime's Node binding runs in place. */
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, FloatTensor>>;
  /** Gives the memory back. Never while `run` is pending. */
  release(): Promise<void>;
}

export interface SessionOptions {
  readonly provider: ExecutionProvider;
  readonly precision: 'fp32' | 'fp16';
  /** Keeps work buffers until the session is released, see below. */
  readonly keepsBuffers?: boolean;
}

export type OpenSession = (path: string, options: SessionOptions) => Promise<Session>;

type Onnxruntime = typeof import('onnxruntime-node');
let loading: Promise<Onnxruntime> | null = null;

function onnxruntime(): Promise<Onnxruntime> {
  loading ??= import('onnxruntime-node');
  return loading;
}

/** Backends compiled into the native library, such as `cpu` and `webgpu`. Loads it. */
export async function bundledBackends(): Promise<string[]> {
  const { listSupportedBackends } = await onnxruntime();
  return listSupportedBackends()
    .filter(({ bundled }) => bundled)
    .map(({ name }) => name);
}

/** Opens a graph on a device. Rejects with onnxruntime's own error: callers know the model's name. */
export const openSession: OpenSession = async (path, options) => {
  const ort = await onnxruntime();
  const session = await ort.InferenceSession.create(path, sessionOptions(options));
  const inputTypes = new Map<string, ElementType>();
  const inputDims: Record<string, (number | null)[]> = {};
  for (const input of session.inputMetadata) {
    if (!input.isTensor || !isElementType(input.type)) {
      await session.release();
      throw new Error(`input ${input.name} has a type that is not supported`);
    }
    inputTypes.set(input.name, input.type);
    inputDims[input.name] = input.shape.map((side) => (typeof side === 'number' ? side : null));
  }
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    inputDims,
    run: async (feeds) => readOutputs(await session.run(toFeeds(ort, feeds, inputTypes))),
    release: () => session.release(),
  };
};

/**
 * Threads that spin after a run burn a core's time for nothing while the person looks at the picture (measured:
 * 30 ms of processor time per idle second against 0.5). The arena keeps the peak of the largest run for good and
 * makes small networks no faster (measured on lite-face: 30 ms a face with and without, 25 MB less without); which of
 * them keep it all the same, model-loader.ts says. Where tensors are large each is fetched from the system page by page
 * and given back without it (measured on an upscaler at 1500 × 1000: 46 of 149 seconds of processor time, 1 with it).
 */
function sessionOptions({
  provider,
  precision,
  keepsBuffers = false,
}: SessionOptions): InferenceSession.SessionOptions {
  return {
    executionProviders: provider === 'cpu' ? ['cpu'] : [providerOptions(provider, precision), 'cpu'],
    intraOpNumThreads: physicalCoreCount(),
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: keepsBuffers,
    // DirectML refuses memory patterns; elsewhere they plan one block for a graph of fixed shapes.
    enableMemPattern: provider !== 'dml',
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
  };
}

function providerOptions(
  provider: ExecutionProvider,
  precision: 'fp32' | 'fp16',
): InferenceSession.ExecutionProviderConfig {
  // onnxruntime's flag set for Core ML: 0x10 writes a typed program, which keeps the graph's own precision;
  // 0x20 leaves out the neural engine, which only computes in half precision.
  if (provider === 'coreml') return { name: 'coreml', coreMlFlags: precision === 'fp32' ? 0x30 : 0x10 };
  return provider;
}

function toFeeds(
  ort: Onnxruntime,
  feeds: Readonly<Record<string, Tensor>>,
  inputTypes: ReadonlyMap<string, ElementType>,
): Record<string, OrtTensor> {
  const converted: Record<string, OrtTensor> = {};
  for (const [name, wanted] of inputTypes) {
    const tensor = feeds[name];
    if (tensor === undefined) throw new Error(`input ${name} is missing`);
    converted[name] = toOrtTensor(ort, wanted, toElementType(tensor, wanted), tensor.dims);
  }
  return converted;
}

function toOrtTensor(
  ort: Onnxruntime,
  type: ElementType,
  data: ElementData,
  dims: readonly number[],
): OrtTensor {
  // Through the general constructor: its overloads tie each type name to one array type.
  const GeneralTensor = ort.Tensor as new (type: string, data: unknown, dims: readonly number[]) => OrtTensor;
  const tensor = new GeneralTensor(type, data, dims);
  // Where the runtime has Float16Array, the constructor turns bit patterns into one, whose length the native side
  // then reads as zero (microsoft/onnxruntime pull request 32323, open): give it the patterns themselves.
  if (type === 'float16') Object.defineProperty(tensor, 'data', { value: data });
  return tensor;
}

function readOutputs(outputs: InferenceSession.OnnxValueMapType): Record<string, FloatTensor> {
  const converted: Record<string, FloatTensor> = {};
  for (const [name, value] of Object.entries(outputs)) {
    const { type, data, dims } = value as OrtTensor;
    const floats = toFloat32(type, data);
    if (floats === null) throw new Error(`output ${name} has the type ${type}, which is not supported`);
    converted[name] = { type: 'float32', data: floats, dims };
  }
  return converted;
}

const outOfMemoryWords = /bad_alloc|failed to allocate|out of memory|allocation failed|OUTOFMEMORY/i;

/** True for what native code and V8 say when memory runs out. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && outOfMemoryWords.test(error.message);
}

/** A failure while opening or running a model, as one of ours. `name` is the model's id. */
export function toModelError(error: unknown, name: string, code: 'model.load-failed' | 'model.wrong-output') {
  if (error instanceof HeirloomError) return error;
  if (isOutOfMemory(error)) return new HeirloomError('engine.out-of-memory', {}, { cause: error });
  return new HeirloomError(code, { name }, { cause: error });
}
