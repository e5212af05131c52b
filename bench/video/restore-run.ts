// Restores one film in a process of its own and prints what it took: node restore-run.ts FILM [RESTORER as JSON].
// A process of its own, because one that has restored a film before holds memory of that one too.
import { modelFileSchema } from '#shared/contract/model-file.ts';
import { limitYoungHeap } from '../../src/engine/limit-young-heap.ts';
import type { LoadedModel, ModelLoader } from '../../src/engine/onnx/loaded-model.ts';
import { restoreVideo } from '../../src/engine/pipelines/video/restore-video.ts';
import { contextWith, models, taskFor } from '../../test/helpers/restore-clip.ts';
import { type FilmRun, filmEncoding, filmSegmentFrames } from './film-run.ts';

const [film = '', restorer] = process.argv.slice(2);
// As the engine's own process does.
limitYoungHeap();
let networkMs = 0;
/** Counts the time inside the networks. */
const timedModels: ModelLoader = { load: async (file, part) => timed(await models.load(file, part)) };

function timed(model: LoadedModel): LoadedModel {
  const { part } = model;
  return {
    ...model,
    ...(part === undefined ? {} : { part: async (name) => timed(await part(name)) }),
    run: async (feeds) => {
      const startedMs = performance.now();
      const outputs = await model.run(feeds);
      networkMs += performance.now() - startedMs;
      return outputs;
    },
  };
}

const change = restorer === undefined ? {} : { restorer: modelFileSchema.parse(JSON.parse(restorer)) };
const task = taskFor(
  film,
  `${film}.restored.mp4`,
  { encoding: filmEncoding, segmentFrames: filmSegmentFrames },
  change,
);
const startedMs = performance.now();
const { frameCount } = await restoreVideo(task, contextWith({ models: timedModels }));
const totalMs = performance.now() - startedMs;
// Kilobytes on every system Node runs on.
const peakMb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ frameCount, totalMs, networkMs, peakMb } satisfies FilmRun));
process.exit();
