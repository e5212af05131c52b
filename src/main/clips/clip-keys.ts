// Short texts for what a clip is to become, so that equal wishes are found to be equal. Pure; main process.
import { createHash } from 'node:crypto';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { type ClipOptions, clipPipelineVersion } from '#shared/domain/clip.ts';
import type { EditedClip } from '#shared/domain/clip-edit.ts';
import { type Sha256, sha256Schema } from '#shared/domain/ids.ts';
import type { ModelIdentity } from '#shared/domain/recipe.ts';

const digestOf = (value: unknown): Sha256 =>
  sha256Schema.parse(createHash('sha256').update(canonicalJson(value)).digest('hex'));

/** What the edits ask for, whatever models are installed. */
export const stateKeyOfClip = (clip: EditedClip): string => digestOf(clip);

/** What decides who is found and under which number. */
export function tracksKeyOf({ range, deinterlace, hdr, monochrome }: ClipOptions): string {
  return digestOf({ range, deinterlace, hdr, monochrome });
}

export interface ClipModels {
  readonly detector: ModelIdentity;
  readonly landmarks: ModelIdentity | null;
  readonly restorer: ModelIdentity;
  readonly parser: ModelIdentity | null;
  readonly upscaler: ModelIdentity | null;
}

/** Same key, same film. */
export function clipResultKeyOf(
  source: { readonly digest: Sha256; readonly sequenceFramesPerSecond: number },
  options: ClipOptions,
  models: ClipModels,
): Sha256 {
  return digestOf({ version: clipPipelineVersion, source, options, models });
}
