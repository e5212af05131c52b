// Two films in step, with media elements that move by hand.
import { describe, expect, it } from 'vitest';
import { correctDrift } from '../../../../src/renderer/features/video/player/correct-drift.ts';
import {
  createPairedPlayback,
  type Medium,
} from '../../../../src/renderer/features/video/player/paired-playback.ts';
import type { PlayedFilms } from '../../../../src/renderer/features/video/player/played-films.ts';

class FakeMedium implements Medium {
  playbackRate = 1;
  volume = 1;
  muted = false;
  paused = true;
  ended = false;
  seeking = false;
  readyState = 4;
  seeks: number[] = [];
  refusal: Error | null = null;
  #time = 0;
  #listeners = new Map<string, Set<() => void>>();
  get currentTime(): number {
    return this.#time;
  }
  set currentTime(seconds: number) {
    this.#time = seconds;
    this.ended = false;
    this.seeks.push(seconds);
  }
  play(): Promise<void> {
    if (this.refusal !== null) return Promise.reject(this.refusal);
    this.paused = false;
    return Promise.resolve();
  }
  pause(): void {
    this.paused = true;
  }
  addEventListener(type: string, listener: () => void): void {
    this.#listeners.set(type, (this.#listeners.get(type) ?? new Set()).add(listener));
  }
  removeEventListener(type: string, listener: () => void): void {
    this.#listeners.get(type)?.delete(listener);
  }
  emit(type: string): void {
    for (const listener of this.#listeners.get(type) ?? []) listener();
  }
  listenerCount(): number {
    return [...this.#listeners.values()].reduce((count, some) => count + some.size, 0);
  }
  /** As if it had played for so long. */
  advance(seconds: number): void {
    if (!this.paused) this.#time += seconds * this.playbackRate;
  }
}

const film: PlayedFilms = {
  before: { address: '/before', startsAt: 0, endsAt: 10 },
  after: { address: '/after', startsAt: 2, endsAt: 6 },
  isLooping: false,
  frameSeconds: 0.04,
};

function stage(films = film) {
  let pending: (() => void) | null = null;
  const playback = createPairedPlayback((callback) => {
    pending = callback;
    return () => {
      pending = null;
    };
  });
  const before = new FakeMedium();
  const after = new FakeMedium();
  playback.attach('before', before);
  playback.attach('after', after);
  playback.load(films);
  const drawFrame = (): void => {
    const callback = pending;
    pending = null;
    callback?.();
  };
  return { playback, before, after, drawFrame };
}

describe('two films on one clock', () => {
  it('seeks both, each on its own time', () => {
    const { playback, before, after } = stage();
    playback.seek(4.5);
    expect(before.currentTime).toBe(4.5);
    expect(after.currentTime).toBe(2.5);
    expect(playback.seconds()).toBe(4.5);
    expect(playback.status().isCovered).toBe(true);
  });

  it('plays the restoration only where there is some', () => {
    const { playback, before, after, drawFrame } = stage();
    playback.play();
    expect([before.paused, after.paused]).toEqual([false, true]);
    before.advance(2.02);
    drawFrame();
    expect(after.paused).toBe(false);
    expect(playback.status().isCovered).toBe(true);
    before.advance(4);
    drawFrame();
    expect(after.paused).toBe(true);
    expect(playback.status().isCovered).toBe(false);
    playback.pause();
    expect(before.paused).toBe(true);
  });

  it('paces small drift away and jumps large drift', () => {
    const { playback, before, after, drawFrame } = stage();
    playback.seek(3);
    playback.play();
    before.advance(0.1);
    drawFrame();
    expect(after.playbackRate).toBeGreaterThan(1);
    for (let frame = 0; frame < 100; frame += 1) {
      before.advance(0.01);
      after.advance(0.01);
      drawFrame();
    }
    expect(Math.abs(playback.seconds() - 2 - after.currentTime)).toBeLessThan(film.frameSeconds);
    expect(after.playbackRate).toBe(1);
    before.advance(1);
    after.seeks = [];
    drawFrame();
    expect(after.seeks).toHaveLength(1);
    expect(after.currentTime).toBeCloseTo(playback.seconds() - 2, 6);
  });

  it('both wait while one has no data, and go on together', () => {
    const { playback, before, after, drawFrame } = stage();
    playback.seek(3);
    playback.play();
    after.readyState = 2;
    drawFrame();
    expect([before.paused, after.paused]).toEqual([true, true]);
    expect(playback.status()).toMatchObject({ isPlaying: true, isWaiting: true });
    after.readyState = 4;
    drawFrame();
    expect([before.paused, after.paused]).toEqual([false, false]);
    expect(playback.status().isWaiting).toBe(false);
  });

  it('only the newest of many seeks counts while one is under way', () => {
    const { playback, before } = stage();
    before.seeking = true;
    before.seeks = [];
    for (const seconds of [1, 2, 3, 4]) playback.seek(seconds);
    expect(before.seeks).toEqual([]);
    before.seeking = false;
    before.emit('seeked');
    expect(before.seeks).toEqual([4]);
  });

  it('stops at the end and begins again when played from there', () => {
    const { playback, before, drawFrame } = stage();
    playback.seek(9.9);
    playback.play();
    before.advance(0.2);
    before.ended = true;
    drawFrame();
    expect(playback.status().isPlaying).toBe(false);
    expect(playback.seconds()).toBe(10);
    playback.play();
    expect(playback.seconds()).toBe(0);
    expect(before.paused).toBe(false);
  });

  it('a preview begins again by itself', () => {
    const span = { startsAt: 3, endsAt: 5 };
    const { playback, before, after, drawFrame } = stage({
      before: { address: '/p/before', ...span },
      after: { address: '/p/after', ...span },
      isLooping: true,
      frameSeconds: 0.04,
    });
    expect(playback.seconds()).toBe(3);
    playback.play();
    before.advance(2.1);
    after.advance(2.1);
    before.ended = true;
    drawFrame();
    expect(playback.status().isPlaying).toBe(true);
    expect(playback.seconds()).toBe(3);
    expect([before.currentTime, after.currentTime]).toEqual([0, 0]);
  });

  it('the original carries the sound', () => {
    const { playback, before, after } = stage();
    playback.setSound(0.3, false);
    expect([before.volume, before.muted, after.muted]).toEqual([0.3, false, true]);
    playback.setSound(0.3, true);
    expect(before.muted).toBe(true);
    const next = new FakeMedium();
    playback.attach('before', next);
    expect([next.volume, next.muted]).toEqual([0.3, true]);
    expect(before.listenerCount()).toBe(0);
  });

  it('says when the original cannot be played, and when the browser refuses', async () => {
    const { playback, before } = stage();
    before.refusal = Object.assign(new Error('a click first'), { name: 'NotAllowedError' });
    playback.play();
    await Promise.resolve();
    await Promise.resolve();
    expect(playback.status().isPlaying).toBe(false);
    before.emit('error');
    expect(playback.status().hasFailed).toBe(true);
    playback.play();
    expect(playback.status().isPlaying).toBe(false);
    playback.load(film);
    expect(playback.status().hasFailed).toBe(false);
  });
});

describe('drift', () => {
  it('half a frame is nothing, a little is paced, a lot is jumped', () => {
    expect(correctDrift(0.019, 0.04)).toEqual({ kind: 'keep' });
    expect(correctDrift(-0.019, 0.04)).toEqual({ kind: 'keep' });
    expect(correctDrift(0.05, 0.04)).toEqual({ kind: 'pace', rate: 1.1 });
    expect(correctDrift(-0.05, 0.04)).toEqual({ kind: 'pace', rate: 0.9 });
    expect(correctDrift(0.3, 0.04)).toEqual({ kind: 'pace', rate: 1.2 });
    expect(correctDrift(-0.5, 0.04)).toEqual({ kind: 'jump' });
  });
});
