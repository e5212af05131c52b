// The real engine with pipelines made to be slow, deaf or fatal on request: the task's path says which.
// Forked by tests of the engine and its host; never part of the application.
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ModelFile } from '#shared/contract/model-file.ts';
import { throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import { parentChannel } from '../../src/engine/channel.ts';
import type { Tensor } from '../../src/engine/onnx/loaded-model.ts';
import type { JobContext } from '../../src/engine/pipelines/job-context.ts';
import type { PipelineTable } from '../../src/engine/run-job.ts';
import { startEngine } from '../../src/engine/start-engine.ts';

/**
 * `steps N MS`: N steps of MS milliseconds, cancellable between them; films wait there while they are held. `deaf MS`: blocks the thread.
 * `crash`: dies each time. `crash-once FILE`: dies unless FILE exists. `forget`: leaves a rejected promise behind.
 * `load` and `faces` (find-faces only) open the detector they are given, and run it as a restorer until cancelled.
 * `reject`: an ordinary error. `no-memory`: an allocation no computer can serve.
 */
async function behave(order: string, { signal, progress, turn }: JobContext): Promise<void> {
  const [verb, ...rest] = order.split(' ');
  const number = (index: number) => Number(rest[index] ?? 0);
  switch (verb) {
    case 'steps':
      for (let index = 0; index < number(0); index += 1) {
        await turn?.();
        throwIfCancelled(signal);
        progress('restoring-faces', index / number(0));
        await pause(number(1));
      }
      break;
    case 'deaf': {
      progress('upscaling', 0.5);
      await pause(20);
      const untilMs = performance.now() + number(0);
      while (performance.now() < untilMs);
      break;
    }
    case 'crash':
      process.kill(process.pid, 'SIGKILL');
      await pause(10_000);
      break;
    case 'crash-once': {
      const marker = rest.join(' ');
      if (existsSync(marker)) break;
      progress('restoring-faces', 0.8);
      await pause(50);
      writeFileSync(marker, '');
      process.kill(process.pid, 'SIGKILL');
      await pause(10_000);
      break;
    }
    case 'forget':
      void Promise.reject(new Error('forgotten'));
      await pause(20);
      break;
    case 'reject':
      throw new Error('the pipeline did not like this');
    case 'no-memory':
      new ArrayBuffer(Number.MAX_SAFE_INTEGER);
  }
}

async function restoreFacesUntilCancelled(file: ModelFile, context: JobContext): Promise<void> {
  const model = await context.models.load(file);
  const face: Tensor = {
    type: 'float32',
    data: new Float32Array(3 * 512 * 512),
    dims: [1, 3, 512, 512],
  };
  const fidelity: Tensor = { type: 'float32', data: Float32Array.of(0.5), dims: [] };
  for (let count = 0; ; count += 1) {
    throwIfCancelled(context.signal);
    context.progress('restoring-faces', 1 - 1 / (count + 1));
    await model.run({ face, fidelity });
  }
}

const unused = () => Promise.reject(new Error('not part of this engine'));
const pipelines: Omit<PipelineTable, 'self-test'> = {
  'inspect-photo': unused,
  'make-preview': async ({ path, outputPath }, context) => {
    await behave(path, context);
    return { path: outputPath, widthPx: 1, heightPx: 1 };
  },
  'make-tiles': unused,
  'find-faces': async ({ path, models }, context) => {
    if (path === 'load') await context.models.load(models.detector);
    else if (path === 'faces') await restoreFacesUntilCancelled(models.detector, context);
    else await behave(path, context);
    return { faces: [], turnedDegrees: path === 'wrong-output' ? Number.NaN : 0 };
  },
  'restore-photo': unused,
  'restore-file': unused,
  'repaint-file': unused,
  'export-photo': unused,
  'fidelity-keyframes': unused,
  'convert-model': unused,
  'probe-video': unused,
  'restore-video': async (task, context) => {
    await behave(task.path, context);
    return {
      path: task.target.path,
      widthPx: 2,
      heightPx: 2,
      frameCount: 1,
      durationSeconds: 1,
      tracks: [],
      notices: [],
      resumedSegments: 0,
      timings: [],
    };
  },
  'preview-video': unused,
  'follow-clip-faces': unused,
  'make-clip-picture': unused,
  'make-clip-stand-in': unused,
  'list-clip-encoders': unused,
};

const channel = parentChannel();
if (channel !== null) startEngine({ channel, pipelines });
