// When the exact picture follows a change of a face by itself. Pure.

/** A restore that took longer is started by hand: several changes in a row would only wait for each other. */
const quickMs = 20_000;

/**
 * True when the photo was restored with the settings before this change, or is being restored now, and that is quick.
 * A photo with other changes waiting for "Update" keeps waiting.
 */
export function isRefreshSensible(state: {
  readonly elapsedMs: number | null;
  readonly isCurrent: boolean;
  readonly isRestoring: boolean;
}): boolean {
  if (state.elapsedMs === null || state.elapsedMs > quickMs) return false;
  return state.isCurrent || state.isRestoring;
}
