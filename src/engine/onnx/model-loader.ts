// Opens verified model files on the trusted device and keeps them within the memory budget.
// Runs in the engine process. A step holds a LoadedModel for as long as it likes: the session behind it may be
// released between two runs and is then opened again.
import { totalmem } from 'node:os';
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { ModelId } from '#shared/domain/ids.ts';
import type { ModelContract } from '#shared/domain/model.ts';
import type { ExecutionProvider } from '#shared/domain/settings.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { type GraphFiles, graphFilesOf } from './graph-files.ts';
import type { LoadedModel, ModelLoader } from './loaded-model.ts';
import { type OpenSession, openSession as openOrtSession, type Session, toModelError } from './session.ts';
import { createSessionCache } from './session-cache.ts';
import { createModelVerifier, type VerifyModelFile } from './verify-model-file.ts';

export interface ModelDevice {
  /** The device to open models on; the first call may try devices out. */
  provider(): Promise<ExecutionProvider>;
  /** A model failed on a device other than the processor: everything goes to the processor from here on. */
  distrust(provider: ExecutionProvider, reason: string): void;
}

export interface ModelLoaderOptions {
  readonly device: ModelDevice;
  readonly precision: 'auto' | 'fp32' | 'fp16';
  /** For loaded models; null: a quarter of the memory. */
  readonly memoryBudgetMb: number | null;
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string): void;
  /** For tests. */
  readonly openSession?: OpenSession;
  readonly verify?: VerifyModelFile;
}

export interface EngineModelLoader extends ModelLoader {
  /** What is open now, least recently used first; `byteSize` is an estimate of memory, not the file's size. */
  loadedModels(): { modelId: ModelId; byteSize: number }[];
  /** Gives back all memory of models that are not running. */
  releaseIdle(): Promise<void>;
}

/**
 * Memory over file size of an opened fp32 model. Measured with onnxruntime-node 1.30 on the CPU: 0.8 GB after
 * loading the 377 MB CodeFormer (2.1), and the work buffers of a run come on top.
 */
const memoryPerFileByte = 2.5;

/**
 * Measured on CodeFormer's two graphs, two cores: 2.9 s a face with the buffers kept, 3.2 s without, for 2.1 GB in all
 * instead of 0.8 GB. Worth it where the budget has the room.
 */
const budgetForKeptBuffers = 3 * 1024 ** 3;

/**
 * Their buffers are some 25 MB. A film runs them thousands of times: got and given back each time between the film's own
 * arrays, they break up the C library's heap, which then grows with the film (bench/video: memory).
 */
const smallNetworkBytes = 32 * 1024 ** 2;

/** Upscalers work through one photo and give everything back; restorers in parts stay for the next face. */
function keepsBuffersOf(
  { interface: kind, fidelityParts }: ModelContract,
  fileBytes: number,
  budget: number,
): boolean {
  if (kind === 'upscaler' || fileBytes <= smallNetworkBytes) return true;
  return fidelityParts !== undefined && budget >= budgetForKeptBuffers;
}

/** Precision a device computes best in; an explicit choice wins. Half precision is slower on processors. */
export function precisionFor(provider: ExecutionProvider, wanted: 'auto' | 'fp32' | 'fp16'): 'fp32' | 'fp16' {
  if (wanted !== 'auto') return wanted;
  return provider === 'cpu' ? 'fp32' : 'fp16';
}

/** Errors of `load`: model.wrong-digest, model.load-failed, engine.out-of-memory. Of `run`: model.wrong-output, engine.out-of-memory. */
export function createModelLoader(options: ModelLoaderOptions): EngineModelLoader {
  const { device, log } = options;
  const open = options.openSession ?? openOrtSession;
  const verify = options.verify ?? createModelVerifier();
  const budget = budgetBytes(options.memoryBudgetMb);
  const cache = createSessionCache<Session>(budget);

  const keyOf = ({ modelId, sha256, partName }: GraphFiles, provider: ExecutionProvider) =>
    `${modelId} ${provider} ${sha256} ${partName}`;

  async function withSession<R>(
    files: GraphFiles,
    contract: ModelContract,
    use: (session: Session) => Promise<R>,
  ): Promise<R> {
    const provider = await device.provider();
    const request = {
      key: keyOf(files, provider),
      estimateBytes: async () => Math.ceil((await verifiedBytes(files)) * memoryPerFileByte),
      open: () => openTimed(files, provider, contract),
    };
    try {
      return await cache.withSession(request, use);
    } catch (error) {
      const failure = toModelError(error, files.modelId, 'model.load-failed');
      if (failure.code === 'engine.out-of-memory') await cache.releaseIdle();
      if (failure.code === 'model.wrong-digest' || provider === 'cpu') throw failure;
      // Once per device: after distrust() the provider is the processor.
      device.distrust(provider, `${files.modelId}: ${causeMessage(failure)}`);
      await cache.discard(request.key);
      return withSession(files, contract, use);
    }
  }

  /** Every file that opening the graph reads; a converted model's manifest as well, since its digest is the model's name. */
  async function verifiedBytes(files: GraphFiles): Promise<number> {
    let byteSize = 0;
    for (const file of files.toVerify) byteSize += (await verify(file)).byteSize;
    return byteSize;
  }

  async function openTimed(
    files: GraphFiles,
    provider: ExecutionProvider,
    contract: ModelContract,
  ): Promise<Session> {
    const startedMs = performance.now();
    const precision = precisionFor(provider, options.precision);
    const keepsBuffers = keepsBuffersOf(contract, await verifiedBytes(files), budget);
    const session = await open(files.graphPath, {
      provider,
      precision,
      ...(keepsBuffers ? { keepsBuffers } : {}),
    });
    const name = [files.modelId, files.partName].join(' ').trim();
    log('info', `${name} opened on ${provider} in ${Math.round(performance.now() - startedMs)} ms`);
    return session;
  }

  async function load(file: ModelFile, part?: string): Promise<LoadedModel> {
    const files = graphFilesOf(file, part);
    return withSession(
      files,
      file.contract,
      async ({ inputNames, outputNames, inputDims }): Promise<LoadedModel> => {
        return {
          file,
          inputNames,
          outputNames,
          inputDims,
          part: (name) => load(file, name),
          release: async () => cache.discard(keyOf(files, await device.provider())),
          async run(feeds) {
            // Told apart from a device's failure: no other device would do better.
            const missing = inputNames.find((name) => feeds[name] === undefined);
            if (missing !== undefined) {
              const cause = `input ${missing} is missing`;
              throw new HeirloomError('model.wrong-output', { name: file.modelId }, { cause });
            }
            return withSession(files, file.contract, async (session) => {
              try {
                return await session.run(feeds);
              } catch (error) {
                throw toModelError(error, file.modelId, 'model.wrong-output');
              }
            });
          },
        };
      },
    );
  }

  return {
    load,
    loadedModels: () =>
      cache.contents().map(({ key, byteSize }) => ({ modelId: key.split(' ')[0] as ModelId, byteSize })),
    releaseIdle: () => cache.releaseIdle(),
  };
}

function causeMessage({ cause, message }: Error): string {
  return cause instanceof Error ? cause.message : message;
}

/** A container's own limit counts as its memory. */
function budgetBytes(memoryBudgetMb: number | null): number {
  if (memoryBudgetMb !== null) return memoryBudgetMb * 1024 * 1024;
  const limit = process.constrainedMemory();
  return (limit > 0 ? Math.min(limit, totalmem()) : totalmem()) / 4;
}
