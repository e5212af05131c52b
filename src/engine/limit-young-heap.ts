// Keeps the engine's garbage small. Runs in the engine process, before anything else.
import { setFlagsFromString } from 'node:v8';

/**
 * V8 lets its young generation grow while much is made and dropped: in the first minute of a film from 30 to 147 MB, for
 * nothing, as pictures and tensors do not lie there (bench/video: memory). At its first size it is swept more often, which
 * costs no time that can be measured. A flag and not an argument, because Electron's utility process takes none for V8.
 */
export function limitYoungHeap(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
