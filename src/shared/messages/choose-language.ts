// Which of the catalogues a host speaks outside the window: menus, dialogs, the terminal.
import type { Settings } from '../domain/settings.ts';

export type Language = Exclude<Settings['language'], 'system'>;

/** The setting wins; `system` takes the first of the system's languages that has a catalogue. English otherwise. */
export function chooseLanguage(
  setting: Settings['language'],
  systemLanguages: readonly (string | undefined)[],
): Language {
  if (setting !== 'system') return setting;
  for (const language of systemLanguages) {
    if (language === undefined) continue;
    if (/^zh\b/i.test(language.replaceAll('_', '-'))) return 'zh-CN';
    if (/^en\b/i.test(language.replaceAll('_', '-'))) return 'en';
  }
  return 'en';
}
