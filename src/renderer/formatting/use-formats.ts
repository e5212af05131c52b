// Numbers, sizes, durations and dates in the language of the window.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { durationParts } from './duration-parts.ts';
import { formatBytes } from './format-bytes.ts';

export interface Formats {
  bytes(byteCount: number): string;
  duration(seconds: number): string;
  percent(fraction: number): string;
  decimal(value: number): string;
  whole(value: number): string;
  day(isoTime: string): string;
}

export function useFormats(): Formats {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(() => {
    // Made once: a format costs more to make than to use a hundred times.
    const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
    const decimal = new Intl.NumberFormat(language, { minimumFractionDigits: 2 });
    const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
    return {
      bytes: (byteCount) => formatBytes(byteCount, language),
      duration(seconds) {
        const parts = durationParts(seconds);
        switch (parts.kind) {
          case 'moment':
            return t('durations.moment');
          case 'seconds':
            return t('durations.seconds', { count: parts.seconds });
          case 'minutes':
            return t('durations.minutes', { minutes: parts.minutes, seconds: parts.seconds });
          case 'hours':
            return t('durations.hours', { hours: parts.hours, minutes: parts.minutes });
        }
      },
      percent: (fraction) => percent.format(fraction),
      decimal: (value) => decimal.format(value),
      whole: (value) => whole.format(value),
      day: (isoTime) => day.format(new Date(isoTime)),
    };
  }, [t, language]);
}
