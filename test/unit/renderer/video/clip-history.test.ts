// What the page foresees is what main's fold makes of it; names and keys of the page of films.
import { describe, expect, it, vi } from 'vitest';
import { type ClipHistory, foldClipEdits } from '#shared/domain/clip-edit.ts';
import { clipIdSchema } from '#shared/domain/ids.ts';
import { foreseeClipHistory } from '../../../../src/renderer/features/video/foresee-clip-history.ts';
import { codecName, containerName } from '../../../../src/renderer/features/video/panel/codec-names.ts';
import { playerAction } from '../../../../src/renderer/features/video/player/player-action.ts';
import { suggestFilmName } from '../../../../src/renderer/features/video/suggest-film-name.ts';

const clipId = clipIdSchema.parse('4c9bb77e-7a37-4b07-9a3c-6cf3e04f5d11');
const empty: ClipHistory = { clipId, steps: [], cursor: 0 };

describe('history of a clip, foreseen', () => {
  it('applies, undoes, redoes and forgets what was undone', () => {
    let history = foreseeClipHistory(empty, {
      kind: 'apply',
      edit: { kind: 'clip.set-fidelity', fidelity: 0.3 },
    });
    history = foreseeClipHistory(history, { kind: 'apply', edit: { kind: 'clip.set-scale', scale: 2 } });
    expect(foldClipEdits(history.steps, history.cursor).options).toMatchObject({ fidelity: 0.3, scale: 2 });
    history = foreseeClipHistory(history, { kind: 'undo' });
    expect(foldClipEdits(history.steps, history.cursor).options.scale).toBe(1);
    expect(foreseeClipHistory(history, { kind: 'redo' }).cursor).toBe(2);
    history = foreseeClipHistory(history, {
      kind: 'apply',
      edit: { kind: 'clip.set-strength', strength: 0.5 },
    });
    expect(history.steps.map(({ sequence, edit }) => [sequence, edit.kind])).toEqual([
      [1, 'clip.set-fidelity'],
      [2, 'clip.set-strength'],
    ]);
    expect(foreseeClipHistory(history, { kind: 'jump', cursor: 99 }).cursor).toBe(2);
    expect(foreseeClipHistory(empty, { kind: 'undo' }).cursor).toBe(0);
  });
});

describe('names', () => {
  it('codecs and containers as people know them', () => {
    expect(['hevc', 'pcm_s16le', 'mjpeg', 'strange'].map(codecName)).toEqual([
      'H.265',
      'PCM',
      'Motion JPEG',
      'strange',
    ]);
    expect(containerName('mov,mp4,m4a,3gp,3g2,mj2', 'Garden.MP4')).toBe('MP4');
    expect(containerName('matroska,webm', 'a.mkv')).toBe('MATROSKA');
    expect(containerName('avi', 'reel')).toBe('AVI');
  });
  it('an export never meets the original', () => {
    expect(suggestFilmName('reel 3.avi', 'ab12.mp4', 'restored')).toBe('reel 3 restored.mp4');
    expect(suggestFilmName('scans', 'ab12', 'restored')).toBe('scans restored');
  });
});

describe('keys of the player', () => {
  const keys = {
    toggle: vi.fn(),
    stepFrames: vi.fn(),
    seekBy: vi.fn(),
    toStart: vi.fn(),
    toEnd: vi.fn(),
    markIn: vi.fn(),
    markOut: vi.fn(),
    hold: vi.fn(),
  };
  const press = (key: string, more = {}) =>
    playerAction({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more }, keys);

  it('step single frames and whole seconds', () => {
    press('ArrowLeft')?.();
    press('.')?.();
    expect(keys.stepFrames.mock.calls).toEqual([[-1], [1]]);
    press('ArrowRight', { shiftKey: true })?.();
    expect(keys.seekBy.mock.calls).toEqual([[1]]);
  });
  it('leave combinations with Control to the window', () => {
    expect(press('i', { ctrlKey: true })).toBeNull();
    expect(press('x')).toBeNull();
    press('I')?.();
    expect(keys.markIn).toHaveBeenCalledOnce();
  });
});
