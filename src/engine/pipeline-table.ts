// Which pipeline does which kind of job. Each is loaded when its first job comes: the engine starts without
// sharp, onnxruntime and the pictures' code, and a header read never loads the restorers.
import type { EngineTaskKind } from '#shared/contract/engine.ts';
import type { Pipeline, PipelineTable } from './run-job.ts';

export const pipelineTable: Omit<PipelineTable, 'self-test'> = {
  'inspect-photo': lazily(async () => (await import('./pipelines/inspect-photo.ts')).inspectPhoto),
  'make-preview': lazily(async () => (await import('./pipelines/make-preview.ts')).makePreview),
  'make-tiles': lazily(async () => (await import('./pipelines/make-tiles.ts')).makeTiles),
  'find-faces': lazily(async () => (await import('./pipelines/find-faces.ts')).findFaces),
  'restore-photo': lazily(async () => (await import('./pipelines/restore-photo.ts')).restorePhoto),
  'restore-file': lazily(async () => (await import('./pipelines/restore-file.ts')).restoreFile),
  'repaint-file': lazily(async () => (await import('./pipelines/repaint-file.ts')).repaintFile),
  'export-photo': lazily(async () => (await import('./pipelines/export-photo.ts')).exportPhoto),
  'fidelity-keyframes': lazily(
    async () => (await import('./pipelines/fidelity-keyframes.ts')).fidelityKeyframes,
  ),
  'convert-model': lazily(async () => (await import('./pipelines/convert-model.ts')).convertModel),
  'probe-video': lazily(async () => (await import('./pipelines/video/probe-video.ts')).probeVideo),
  'restore-video': lazily(async () => (await import('./pipelines/video/restore-video.ts')).restoreVideo),
  'preview-video': lazily(async () => (await import('./pipelines/video/preview-video.ts')).previewVideo),
  'follow-clip-faces': lazily(
    async () => (await import('./pipelines/video/follow-clip-faces.ts')).followClipFaces,
  ),
  'make-clip-picture': lazily(
    async () => (await import('./pipelines/video/make-clip-picture.ts')).makeClipPicture,
  ),
  'make-clip-stand-in': lazily(
    async () => (await import('./pipelines/video/make-clip-stand-in.ts')).makeClipStandIn,
  ),
  'list-clip-encoders': lazily(
    async () => (await import('./pipelines/video/list-clip-encoders.ts')).listClipEncoders,
  ),
};

function lazily<K extends EngineTaskKind>(load: () => Promise<Pipeline<K>>): Pipeline<K> {
  return async (task, context) => (await load())(task, context);
}
