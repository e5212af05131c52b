// Which ways of writing a film can be offered, and what a choice drags along. Pure.
import {
  type ClipCodec,
  type ClipContainer,
  type ClipEncoding,
  clipContainerSchema,
  codecsOfContainer,
  usualCodec,
} from '#shared/domain/clip.ts';

/** What works on this computer. */
export interface WorkingEncoder {
  readonly codec: ClipCodec;
  readonly encoder: ClipEncoding['encoder'];
}

/** Codecs of a container that can be written here; while nothing is known yet, its usual one. */
export function codecsFor(container: ClipContainer, working: readonly WorkingEncoder[]): ClipCodec[] {
  const usable = codecsOfContainer[container].filter((codec) => working.some((each) => each.codec === codec));
  return usable.length > 0 ? usable : [usualCodec[container]];
}

export function containersFor(working: readonly WorkingEncoder[]): ClipContainer[] {
  return clipContainerSchema.options.filter((container) =>
    codecsOfContainer[container].some((codec) => working.some((each) => each.codec === codec)),
  );
}

export function hasHardware(codec: ClipCodec, working: readonly WorkingEncoder[]): boolean {
  return working.some((each) => each.codec === codec && each.encoder === 'hardware');
}

/** The encoding with one part changed; parts that no longer fit become what fits. */
export function changeEncoding(
  encoding: ClipEncoding,
  change: Partial<ClipEncoding>,
  working: readonly WorkingEncoder[],
): ClipEncoding {
  const wanted = { ...encoding, ...change };
  const codecs = codecsFor(wanted.container, working);
  const usual = usualCodec[wanted.container];
  const fallback = codecs.includes(usual) ? usual : (codecs[0] ?? usual);
  const codec = codecs.includes(wanted.codec) ? wanted.codec : fallback;
  const isPossible = working.some((each) => each.codec === codec && each.encoder === wanted.encoder);
  return { ...wanted, codec, encoder: isPossible ? wanted.encoder : 'software' };
}
