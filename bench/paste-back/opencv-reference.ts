// The whole-canvas way of pasting faces with OpenCV, in a Python process of its own. Null where Python has no cv2.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Raster } from '../../src/engine/pixels/raster.ts';
import type { FacePaste } from '../../src/engine/steps/paste-back.ts';

/** The shell's Python first, then the system's own: distributions install OpenCV for the latter. */
const pythons = ['python3', '/usr/bin/python3'];

export function measureWithOpenCv(
  canvas: Raster,
  pastes: readonly FacePaste[],
  scale: number,
): { name: string; seconds: number } | null {
  const python = pythons.find((command) => spawnSync(command, ['-c', 'import cv2, numpy']).status === 0);
  const first = pastes[0];
  if (python === undefined || first === undefined || first.mask === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'heirloom-bench-'));
  try {
    writeFileSync(join(folder, 'face.raw'), first.face.data);
    writeFileSync(join(folder, 'mask.raw'), first.mask.data);
    const job = {
      widthPx: canvas.widthPx,
      heightPx: canvas.heightPx,
      scale,
      photoToFace: pastes.map((paste) => paste.photoToFace),
    };
    writeFileSync(join(folder, 'job.json'), JSON.stringify(job));
    const script = join(import.meta.dirname, 'opencv_reference.py');
    const run = spawnSync(python, [script, folder], { encoding: 'utf8' });
    const answer = run.stdout.trim().split(' ');
    if (run.status !== 0 || answer.length !== 2)
      throw new Error(`the OpenCV reference failed: ${run.stderr}`);
    return { name: `OpenCV ${answer[0]}`, seconds: Number(answer[1]) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
