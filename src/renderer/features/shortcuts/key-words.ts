// Shortcuts as people of this system write them. Pure but for the platform's name.
import type { TFunction } from 'i18next';

export interface KeyWords {
  readonly openPhotos: string;
  readonly restore: string;
  readonly export: string;
  readonly undo: string;
  readonly redo: string;
  readonly settings: string;
  readonly palette: string;
}

export function isApplePlatform(
  platform = typeof navigator === 'undefined' ? '' : navigator.platform,
): boolean {
  return /^(Mac|iPhone|iPad)/.test(platform);
}

export function keyWords(t: TFunction, isApple = isApplePlatform()): KeyWords {
  const main = isApple ? t('shortcuts.keys.command') : t('shortcuts.keys.control');
  const join = (...keys: string[]): string => keys.join('+');
  return {
    openPhotos: join(main, 'O'),
    restore: join(main, t('shortcuts.keys.enter')),
    export: join(main, 'E'),
    undo: join(main, 'Z'),
    redo: join(main, t('shortcuts.keys.shift'), 'Z'),
    settings: join(main, ','),
    palette: join(main, 'K'),
  };
}
