// Running jobs outside the window: progress on the taskbar or dock, and no sleep while they run.
// Runs in Electron's main process. Listens to events; steers nothing.
import type { HeirloomEvent } from '#shared/contract/events.ts';
import type { JobId } from '#shared/domain/ids.ts';
import type { ElectronApi, StudioWindow } from './electron-api.ts';

export interface JobIndicators {
  notice(event: HeirloomEvent): void;
  stop(): void;
}

/** Electron's value for "no bar". */
const noBar = -1;

export function createJobIndicators(
  electron: Pick<ElectronApi, 'powerSaveBlocker'>,
  hasRunningJobs: () => boolean,
  currentWindow: () => StudioWindow | null,
): JobIndicators {
  /** Jobs since the last moment without any: the bar counts the finished ones too, so that it does not jump back. */
  const fractions = new Map<JobId, number>();
  let blockerId: number | null = null;

  function showBar(): void {
    const window = currentWindow();
    if (window === null || window.isDestroyed()) return;
    const sum = [...fractions.values()].reduce((total, fraction) => total + fraction, 0);
    window.setProgressBar(fractions.size === 0 ? noBar : sum / fractions.size);
  }

  function keepAwake(isNeeded: boolean): void {
    if (isNeeded && blockerId === null) blockerId = electron.powerSaveBlocker.start('prevent-app-suspension');
    if (!isNeeded && blockerId !== null) {
      electron.powerSaveBlocker.stop(blockerId);
      blockerId = null;
    }
  }

  return {
    notice(event) {
      if (event.type === 'job.progressed') {
        fractions.set(event.progress.jobId, event.progress.fraction);
      } else if (event.type === 'job.changed') {
        const isOpen = event.job.state === 'queued' || event.job.state === 'running';
        fractions.set(event.job.id, isOpen ? event.job.fraction : 1);
      } else {
        return;
      }
      const isBusy = hasRunningJobs();
      if (!isBusy) fractions.clear();
      showBar();
      keepAwake(isBusy);
    },
    stop: () => keepAwake(false),
  };
}
