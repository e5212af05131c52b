// Smoothed transfer rate and remaining time of one download. Pure: time is handed in.

/** Weight of the past falls to 1/e in this time: calm enough to read, quick enough to show a stall. */
const smoothingMs = 4000;
/** Shorter intervals are gathered first: single blocks arrive in bursts. */
const sampleMs = 250;

export interface TransferRate {
  /** Call with the bytes present after each block. `bytesPerSecond` is null until there is something to tell. */
  note(receivedBytes: number, nowMs: number): void;
  readonly bytesPerSecond: number | null;
  /** Seconds left for the rest of `totalBytes`; null while rate or total is unknown. */
  etaSeconds(totalBytes: number | null): number | null;
}

export function measureRate(startBytes: number, startMs: number): TransferRate {
  let sampledBytes = startBytes;
  let sampledMs = startMs;
  let receivedBytes = startBytes;
  let bytesPerSecond: number | null = null;

  return {
    note(bytes, nowMs) {
      // Fewer bytes than before: the server made the transfer start anew.
      if (bytes < sampledBytes) {
        sampledBytes = bytes;
        sampledMs = nowMs;
      }
      receivedBytes = bytes;
      const elapsedMs = nowMs - sampledMs;
      if (elapsedMs < sampleMs) return;
      const sample = ((bytes - sampledBytes) * 1000) / elapsedMs;
      const newWeight = 1 - Math.exp(-elapsedMs / smoothingMs);
      bytesPerSecond =
        bytesPerSecond === null ? sample : bytesPerSecond + newWeight * (sample - bytesPerSecond);
      sampledBytes = bytes;
      sampledMs = nowMs;
    },
    get bytesPerSecond() {
      return bytesPerSecond;
    },
    etaSeconds(totalBytes) {
      if (totalBytes === null || bytesPerSecond === null || bytesPerSecond <= 0) return null;
      return Math.max(0, totalBytes - receivedBytes) / bytesPerSecond;
    },
  };
}
