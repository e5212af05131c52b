// Remembers where the window was. Runs in Electron's main process; a lost or broken file only means the default place.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const windowStateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400).max(20000),
  height: z.int().min(300).max(20000),
  isMaximised: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

/** Screen rectangles in device-independent pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The stored state, or null when there is none, it is broken, or its screen is not there any more. */
export function readWindowState(path: string, screens: readonly Area[]): WindowState | null {
  let stored: unknown;
  try {
    stored = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
  const parsed = windowStateSchema.safeParse(stored);
  if (!parsed.success) return null;
  return screens.some((screen) => titleBarIsReachable(parsed.data, screen)) ? parsed.data : null;
}

/** Written while the window closes, hence at once. A failure is not worth a question at that moment. */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.part`, JSON.stringify(state), { flush: true });
    renameSync(`${path}.part`, path);
  } catch {
    // The next start uses the default place.
  }
}

/** At least 100 px of the top edge lie on the screen, so that the window can be taken hold of. */
function titleBarIsReachable(state: WindowState, screen: Area): boolean {
  const left = Math.max(state.x, screen.x);
  const right = Math.min(state.x + state.width, screen.x + screen.width);
  return right - left >= 100 && state.y >= screen.y && state.y <= screen.y + screen.height - 50;
}
