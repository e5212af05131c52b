// An error's sentence and next step in the language of the window.
import { HeirloomError, toWire } from '#shared/errors/heirloom-error.ts';
import { type ErrorWire, errorWireSchema } from '#shared/errors/wire.ts';
import { errors } from '#shared/messages/en/errors.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import { errors as errorsZhCn } from '#shared/messages/zh-CN/errors.ts';

export interface ErrorWords {
  readonly sentence: string;
  readonly next: string;
  /** Technical text for the fold; null when there is none. */
  readonly detail: string | null;
}

/** Any thrown value, or an error already in wire form, as a wire error; what is not ours becomes `internal.unexpected`. */
export function asErrorWire(error: unknown): ErrorWire {
  const wire = errorWireSchema.safeParse(error);
  if (wire.success && !(error instanceof Error)) return wire.data;
  if (!(error instanceof HeirloomError)) return toWire(error);
  const { cause } = error;
  return {
    code: error.code,
    params: error.params,
    detail: cause === undefined ? null : String(cause),
    transient: error.transient,
  };
}

export function errorWords(error: ErrorWire, language: string): ErrorWords {
  const words = (language.startsWith('zh') ? errorsZhCn : errors)[error.code];
  return {
    sentence: interpolate(words.sentence, error.params),
    next: interpolate(words.next, error.params),
    detail: error.detail,
  };
}
