// The steps of a job in words, as shown beside a progress bar.
import type { Step } from '../../domain/job.ts';

export const steps: Record<Step, string> = {
  waiting: 'waiting',
  'loading-models': 'loading models',
  decoding: 'opening the photo',
  'finding-faces': 'finding faces',
  aligning: 'aligning faces',
  'restoring-faces': 'restoring faces',
  upscaling: 'enlarging the background',
  'pasting-back': 'blending faces in',
  encoding: 'writing the picture',
  'reading-checkpoint': 'reading the checkpoint',
  converting: 'converting the model',
};
