// The one error class. Cancelling is not an error: see JobCancelled.
import { type ErrorCode, errorCodes } from './codes.ts';
import { type ErrorWire, errorWireSchema } from './wire.ts';

export type ErrorParams = Record<string, string | number>;

export class HeirloomError extends Error {
  override readonly name = 'HeirloomError';
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.code = code;
    this.params = params;
  }

  get transient(): boolean {
    return errorCodes[this.code].transient;
  }
}

/** Thrown inside long work when its signal was aborted; never shown to a person as a failure. */
export class JobCancelled extends Error {
  override readonly name = 'JobCancelled';
  constructor() {
    super('cancelled');
  }
}

/** Throws JobCancelled when the signal has been aborted. Call between steps and tiles. */
export function throwIfCancelled(signal: { readonly aborted: boolean } | undefined): void {
  if (signal?.aborted) throw new JobCancelled();
}

/** Any thrown value in wire form; what is not ours becomes `internal.unexpected` with its text as detail. */
export function toWire(error: unknown): ErrorWire {
  if (error instanceof HeirloomError) {
    return {
      code: error.code,
      params: error.params,
      detail: causeText(error.cause),
      transient: error.transient,
    };
  }
  return { code: 'internal.unexpected', params: {}, detail: causeText(error), transient: false };
}

/** The wire form back as an error; unknown shapes become `internal.unexpected`. */
export function fromWire(wire: unknown): HeirloomError {
  const parsed = errorWireSchema.safeParse(wire);
  if (!parsed.success) {
    return new HeirloomError('internal.unexpected', {}, { cause: JSON.stringify(wire) });
  }
  const { code, params, detail } = parsed.data;
  return new HeirloomError(code, params, detail === null ? undefined : { cause: detail });
}

function causeText(cause: unknown): string | null {
  if (cause === undefined || cause === null) return null;
  if (cause instanceof Error) return cause.stack ?? cause.message;
  return String(cause);
}
