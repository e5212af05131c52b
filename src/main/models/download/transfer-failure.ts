// Why one attempt at one address ended. Never leaves the download folder: people see HeirloomError.

export class TransferFailure extends Error {
  override readonly name = 'TransferFailure';
  /** retry: the same address may work later. unusable: this address does not have the file. */
  readonly verdict: 'retry' | 'unusable';
  readonly retryAfterMs: number | null;

  constructor(
    verdict: 'retry' | 'unusable',
    reason: string,
    options: { retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(reason, options.cause === undefined ? undefined : { cause: options.cause });
    this.verdict = verdict;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
