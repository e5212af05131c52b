// Puts the window's message catalogues into i18next: `studio`, the words of single pages, and `steps` for the words
// beside progress bars.
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { chooseLanguage } from '#shared/messages/choose-language.ts';
import { faces } from '#shared/messages/en/faces.ts';
import { gallery } from '#shared/messages/en/gallery.ts';
import { history } from '#shared/messages/en/history.ts';
import { palette } from '#shared/messages/en/palette.ts';
import { projects } from '#shared/messages/en/projects.ts';
import { steps } from '#shared/messages/en/steps.ts';
import { studio } from '#shared/messages/en/studio.ts';
import { videoPage as video } from '#shared/messages/en/video-page.ts';
import { faces as facesZhCn } from '#shared/messages/zh-CN/faces.ts';
import { gallery as galleryZhCn } from '#shared/messages/zh-CN/gallery.ts';
import { history as historyZhCn } from '#shared/messages/zh-CN/history.ts';
import { palette as paletteZhCn } from '#shared/messages/zh-CN/palette.ts';
import { projects as projectsZhCn } from '#shared/messages/zh-CN/projects.ts';
import { steps as stepsZhCn } from '#shared/messages/zh-CN/steps.ts';
import { studio as studioZhCn } from '#shared/messages/zh-CN/studio.ts';
import { videoPage as videoZhCn } from '#shared/messages/zh-CN/video-page.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'studio';
    resources: {
      studio: typeof studio;
      faces: typeof faces;
      gallery: typeof gallery;
      history: typeof history;
      palette: typeof palette;
      projects: typeof projects;
      steps: typeof steps;
      video: typeof video;
    };
  }
}

/** Starts with the system's language; the settings change it later. */
export async function startTranslations(systemLanguages: readonly string[]): Promise<i18n> {
  i18next.on('languageChanged', (language) => {
    if (typeof document !== 'undefined') document.documentElement.lang = language;
  });
  await i18next.use(initReactI18next).init({
    lng: chooseLanguage('system', systemLanguages),
    fallbackLng: 'en',
    defaultNS: 'studio',
    ns: ['studio', 'faces', 'gallery', 'history', 'palette', 'projects', 'steps', 'video'],
    resources: {
      en: { studio, faces, gallery, history, palette, projects, steps, video },
      'zh-CN': {
        studio: studioZhCn,
        faces: facesZhCn,
        gallery: galleryZhCn,
        history: historyZhCn,
        palette: paletteZhCn,
        projects: projectsZhCn,
        steps: stepsZhCn,
        video: videoZhCn,
      },
    },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return i18next;
}
