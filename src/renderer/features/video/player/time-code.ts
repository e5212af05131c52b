// Moments of a clip as people read and step them. Pure.
import type { ClipFacts } from '#shared/domain/clip.ts';

/** Of films that do not say how fast they are. */
const usualRate = 25;

/** Frames a second; the mean where the rate varies. */
export function frameRateOf({ video }: Pick<ClipFacts, 'video'>): number {
  const { frameRate } = video;
  return frameRate === null || frameRate.numerator <= 0
    ? usualRate
    : frameRate.numerator / frameRate.denominator;
}

/** 0 where neither the file nor its pictures say how long it lasts. */
export function durationOf({ durationSeconds, video }: ClipFacts): number {
  return video.durationSeconds ?? durationSeconds ?? 0;
}

/** Of the picture that stands for a film: a moment inside, as many films begin in the dark. */
export const posterSeconds = (facts: ClipFacts): number => Math.min(1, durationOf(facts) / 3);

/** The frame shown at a moment, counted from 0. */
export function frameAt(seconds: number, rate: number): number {
  // A seek to the very beginning of a frame may land a rounding error before it.
  return Math.max(0, Math.floor(seconds * rate + 1e-4));
}

/** The middle of a frame: a player that rounds either way still shows this one. */
export function middleOfFrame(frame: number, rate: number): number {
  return (Math.max(0, frame) + 0.5) / rate;
}

/** "0:07.52", "1:02:03.00": minutes, seconds and hundredths; hours only where there are some. */
export function timeCode(seconds: number): string {
  const hundredths = Math.max(0, Math.floor(seconds * 100 + 1e-6));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(hundredths / 6000);
  const rest = `${pad(Math.floor(hundredths / 100) % 60)}.${pad(hundredths % 100)}`;
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${rest}`;
}
