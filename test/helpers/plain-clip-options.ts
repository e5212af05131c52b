// What is done to films in tests that say nothing else.
import type { ClipOptions } from '#shared/domain/clip.ts';

export const plainOptions: ClipOptions = {
  range: { fromSeconds: null, toSeconds: null },
  scale: 1,
  fidelity: 0.5,
  strength: 1,
  backgroundStrength: 1,
  monochrome: 'colour',
  deinterlace: false,
  hdr: 'keep',
  steadiness: 0.8,
  tracks: [],
  encoding: { container: 'mp4', codec: 'h264', quality: 'high', encoder: 'software' },
  segmentFrames: 8,
};
