// Splits a duration into what a sentence needs. Pure; the words stand under `durations` in the catalogues.

export type DurationParts =
  | { readonly kind: 'moment' }
  | { readonly kind: 'seconds'; readonly seconds: number }
  | { readonly kind: 'minutes'; readonly minutes: number; readonly seconds: number }
  | { readonly kind: 'hours'; readonly hours: number; readonly minutes: number };

export function durationParts(totalSeconds: number): DurationParts {
  const seconds = Math.round(totalSeconds);
  if (seconds < 1) return { kind: 'moment' };
  if (seconds < 60) return { kind: 'seconds', seconds };
  if (seconds < 3600) return { kind: 'minutes', minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
  return { kind: 'hours', hours: Math.floor(seconds / 3600), minutes: Math.floor((seconds % 3600) / 60) };
}
