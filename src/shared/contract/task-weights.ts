// Which engine tasks may run beside which. Main decides who goes next, the engine runs what it is given: both by this.
import type { EngineTaskKind } from './engine.ts';

/** `light`: needs no network. `patient`: long, and can wait between two frames. `heavy`: everything else. */
export type TaskWeight = 'light' | 'heavy' | 'patient';

const weights: Partial<Record<EngineTaskKind, TaskWeight>> = {
  'inspect-photo': 'light',
  'make-preview': 'light',
  'make-tiles': 'light',
  'probe-video': 'light',
  'make-clip-picture': 'light',
  'make-clip-stand-in': 'light',
  'list-clip-encoders': 'light',
  'restore-video': 'patient',
  'follow-clip-faces': 'patient',
};

/**
 * Light tasks run beside all others, heavy ones one at a time, patient ones too; a patient task is held while a heavy
 * one runs, so that nobody waits for a film to end.
 */
export const weightOf = ({ kind }: { readonly kind: EngineTaskKind }): TaskWeight => weights[kind] ?? 'heavy';
