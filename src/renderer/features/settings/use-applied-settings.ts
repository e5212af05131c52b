// Makes the window follow the settings: language and colours.
import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '#shared/messages/choose-language.ts';
import { useSettings } from '../../bridge/use-answers.ts';

export function useAppliedSettings(): void {
  const { i18n } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const { data: settings } = useSettings();
  const language = settings?.language;
  const theme = settings?.theme;
  useEffect(() => {
    if (language !== undefined) void i18n.changeLanguage(chooseLanguage(language, navigator.languages));
  }, [language, i18n]);
  useEffect(() => {
    if (theme !== undefined) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
}
