// An engine that knows one picture format of its own: a line of JSON. It reads, finds, restores and writes real files,
// and does on demand what real engines do badly: wait, fail, report progress out of order.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type EngineOutput, type EngineTask, engineTaskSchema } from '#shared/contract/engine.ts';
import type { FoundFace } from '#shared/domain/face.ts';
import { sha256Schema } from '#shared/domain/ids.ts';
import { HeirloomError, JobCancelled } from '#shared/errors/heirloom-error.ts';
import type { EnginePort, RunOptions } from '../../src/main/engine-host/engine-port.ts';
import { workOnClip } from './fake-films.ts';

interface FakePicture {
  readonly fake: 'picture';
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pageCount?: number;
  readonly bitDepth?: 8 | 16;
  readonly faces?: number;
  readonly text?: string;
}

/** The bytes of a picture the fake engine understands. */
export function fakePicture(picture: Partial<Omit<FakePicture, 'fake'>> = {}): string {
  return JSON.stringify({ fake: 'picture', widthPx: 400, heightPx: 300, ...picture });
}

export interface FakeEngine extends EnginePort {
  /** Tasks in the order they came. */
  readonly tasks: EngineTask[];
  /** Restores and detections wait until `release`, or until they are cancelled. */
  hold(): void;
  release(): void;
  /** The next task of this kind fails with the error. */
  failNext(kind: EngineTask['kind'], error: Error): void;
  /** What a restore reports before it is done. */
  progress: number[];
}

export function createFakeEngine(): FakeEngine {
  const tasks: EngineTask[] = [];
  const failures = new Map<string, Error>();
  let gate: Promise<void> = Promise.resolve();
  let open: () => void = () => undefined;

  async function passGate(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) throw new JobCancelled();
    const cancelled = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(new JobCancelled()), { once: true });
    });
    await Promise.race([gate, cancelled]);
  }

  async function work(task: EngineTask, options: RunOptions): Promise<unknown> {
    switch (task.kind) {
      case 'inspect-photo':
        return inspect(task.path);
      case 'make-preview': {
        const { widthPx, heightPx } = await read(task.path);
        await write(task.outputPath, await readFile(task.path, 'utf8'), true);
        return { path: task.outputPath, widthPx, heightPx };
      }
      case 'make-tiles':
        await read(task.path);
        await write(path.join(task.outputFolder, '0', '0_0.png'), 'a tile', true);
        return { path: task.outputFolder };
      case 'find-faces': {
        await passGate(options.signal);
        const { faces = 0 } = await read(task.path);
        return { faces: Array.from({ length: faces }, (_, index) => faceAt(index)), turnedDegrees: 0 };
      }
      case 'fidelity-keyframes': {
        await passGate(options.signal);
        const { keyframes, originalPath } = task;
        if (originalPath !== null) await write(originalPath, 'as it is', true);
        for (const { path: at, fidelity } of keyframes) await write(at, `at ${fidelity}`, true);
        return { keyframes, sidePx: 512, timings: [] };
      }
      case 'restore-photo': {
        for (const fraction of engine.progress) options.onProgress?.('restoring-faces', fraction);
        await passGate(options.signal);
        const { widthPx, heightPx } = await read(task.path);
        const size = { widthPx: widthPx * task.recipe.scale, heightPx: heightPx * task.recipe.scale };
        await write(task.target.path, fakePicture({ ...size, text: JSON.stringify(task.recipe) }), true);
        return { path: task.target.path, ...size, timings: [] };
      }
      case 'export-photo': {
        const { widthPx, heightPx } = await read(task.resultPath);
        await write(task.target.path, JSON.stringify({ task }), task.target.overwrite);
        return { path: task.target.path, widthPx, heightPx, timings: [] };
      }
      case 'self-test':
        return { provider: 'cpu', passed: true, maxAbsError: 0, elapsedMs: 1, reason: null };
      case 'restore-file':
        throw new Error('not used by the studio');
      default:
        return workOnClip(task, options, () => passGate(options.signal));
    }
  }

  const engine: FakeEngine = {
    tasks,
    progress: [],
    hold() {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    release: () => open(),
    failNext: (kind, error) => void failures.set(kind, error),
    async run<T extends EngineTask>(task: T, options: RunOptions = {}) {
      // The contract parses every message: a task it refuses must not pass here either.
      engineTaskSchema.parse(task);
      tasks.push(task);
      const failure = failures.get(task.kind);
      failures.delete(task.kind);
      if (failure !== undefined) throw failure;
      return (await work(task, options)) as EngineOutput<T['kind']>;
    },
    status: () => ({ state: 'ready', pid: 1, device: null, rssBytes: null, restarts: 0 }),
    onStatus: () => () => undefined,
    onDeviceFellBack: () => () => undefined,
    changeSettings: () => undefined,
    close: async () => undefined,
  };
  return engine;
}

export function faceAt(index: number): FoundFace {
  const x = 10 + 100 * index;
  return {
    boxInPhoto: { x, y: 20, width: 60, height: 80 },
    landmarksInPhoto: [
      [x + 15, 45],
      [x + 45, 45],
      [x + 30, 60],
      [x + 18, 80],
      [x + 42, 80],
    ],
    score: 0.9,
  };
}

async function read(filePath: string): Promise<FakePicture> {
  const fileName = path.basename(filePath);
  const text = await readFile(filePath, 'utf8').catch((cause: unknown) => {
    throw new HeirloomError('file.not-found', { fileName }, { cause });
  });
  if (text.length === 0) throw new HeirloomError('file.empty', { fileName });
  if (!text.startsWith('{"fake":"picture"')) throw new HeirloomError('file.not-a-picture', { fileName });
  return JSON.parse(text) as FakePicture;
}

async function inspect(filePath: string): Promise<EngineOutput<'inspect-photo'>> {
  const { widthPx, heightPx, pageCount = 1, bitDepth = 8 } = await read(filePath);
  const sha256 = createHash('sha256')
    .update(await readFile(filePath))
    .digest('hex');
  return {
    sha256: sha256Schema.parse(sha256),
    format: pageCount > 1 ? 'tiff' : 'png',
    byteSize: (await stat(filePath)).size,
    widthPx,
    heightPx,
    bitDepth,
    hasAlpha: false,
    pageCount,
    densityPpi: null,
    takenAt: null,
  };
}

async function write(filePath: string, text: string, overwrite: boolean): Promise<void> {
  if (!overwrite && (await stat(filePath).catch(() => null)) !== null)
    throw new HeirloomError('output.exists', { path: filePath });
  await mkdir(path.dirname(filePath), { recursive: true });
  await writeFile(`${filePath}.part`, text);
  await rename(`${filePath}.part`, filePath);
}
