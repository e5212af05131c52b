// Every page and every dialog, in both languages, light and dark: axe finds nothing serious; and from 320 px to 4K no
// control lies outside the window. HEIRLOOM_SCREENSHOTS names a folder for pictures of them all.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { interpolate } from '#shared/messages/interpolate.ts';
import { gallery as galleryEn } from '../../src/shared/messages/en/gallery.ts';
import { palette as paletteEn } from '../../src/shared/messages/en/palette.ts';
import { projects as projectsEn } from '../../src/shared/messages/en/projects.ts';
import { studio as studioEn } from '../../src/shared/messages/en/studio.ts';
import { videoPage as filmsEn } from '../../src/shared/messages/en/video-page.ts';
import { gallery as galleryZh } from '../../src/shared/messages/zh-CN/gallery.ts';
import { palette as paletteZh } from '../../src/shared/messages/zh-CN/palette.ts';
import { projects as projectsZh } from '../../src/shared/messages/zh-CN/projects.ts';
import { studio as studioZh } from '../../src/shared/messages/zh-CN/studio.ts';
import { videoPage as filmsZh } from '../../src/shared/messages/zh-CN/video-page.ts';
import { axeViolations } from '../helpers/axe-violations.ts';
import {
  findChromium,
  noChromium,
  openStudio,
  type RunningHost,
  startChromium,
  startHost,
} from '../helpers/open-studio.ts';
import { overflowing } from '../helpers/overflowing.ts';

const executable = findChromium();
const waitMs = 90_000;
const screenshots = process.env['HEIRLOOM_SCREENSHOTS'];
let browser: Browser;
let host: RunningHost;

beforeAll(async () => {
  if (executable !== null) browser = await startChromium(executable);
});
afterAll(() => browser?.close());
beforeEach(async (context) => {
  if (executable === null) return context.skip(noChromium);
  const dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-pages-'));
  host = await startHost(dataFolder);
  return async () => {
    await host.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
});

const languages = [
  [
    'en-US',
    { studio: studioEn, gallery: galleryEn, projects: projectsEn, films: filmsEn, palette: paletteEn },
  ],
  [
    'zh-CN',
    { studio: studioZh, gallery: galleryZh, projects: projectsZh, films: filmsZh, palette: paletteZh },
  ],
] as const;
const sizes = { narrow: [320, 700], usual: [1440, 900], huge: [3840, 2160] } as const;

type Words = (typeof languages)[number][1];

interface View {
  readonly name: string;
  open(page: Page): Promise<void>;
  /** Seen once it is open. */
  sign(page: Page): Locator;
  close?(page: Page): Promise<void>;
}

const pressEscape = (page: Page): Promise<void> => page.keyboard.press('Escape');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** In the order of a visit: the sample is taken in on the way. */
function viewsIn({ studio, gallery, projects, films, palette }: Words): View[] {
  const page = (name: string, label: string, sign: (page: Page) => Locator): View => ({
    name,
    open: (page) => button(page, label).click(),
    sign,
  });
  const dialog = (name: string, title: string, open: (page: Page) => Promise<void>): View => ({
    name,
    open,
    sign: (page) => page.getByRole('dialog', { name: title, exact: true }),
    close: async (page) => {
      const open = page.getByRole('dialog', { name: title, exact: true });
      // Hidden for a moment where its button was out of sight, it lost the focus.
      await open.focus();
      await pressEscape(page);
      await open.waitFor({ state: 'detached' });
    },
  });
  const photos = (page: Page) => page.getByRole('listbox', { name: gallery.grid }).getByRole('option');
  const menu = (page: Page) =>
    page.getByRole('button', { name: new RegExp(`^${interpolate(studio.project.menu, { name: '' })}`) });
  return [
    { name: 'welcome', open: async () => undefined, sign: (page) => page.getByText(studio.welcome.title) },
    dialog('open-project', projects.openTitle, (page) => button(page, studio.welcome.openProject).click()),
    {
      name: 'photo',
      open: (page) => button(page, projects.sample).click(),
      sign: (page) => page.getByText(interpolate(studio.faces.count_other, { count: 6 })),
    },
    {
      name: 'face',
      open: (page) => button(page, interpolate(studio.faces.adjust, { number: 1 })).click(),
      sign: (page) => button(page, studio.faces.notAFace),
      close: (page) => button(page, interpolate(studio.faces.adjust, { number: 1 })).click(),
    },
    {
      name: 'marking',
      open: (page) => button(page, studio.faces.marking.begin).click(),
      sign: (page) => page.getByText(studio.faces.marking.draw),
      close: pressEscape,
    },
    {
      name: 'painting',
      open: (page) => button(page, studio.painting.open).click(),
      sign: (page) => page.getByText(studio.painting.hint),
      close: pressEscape,
    },
    {
      name: 'restored',
      open: (page) => button(page, studio.restore.restore).click(),
      sign: (page) => page.getByRole('slider', { name: studio.viewer.slider }),
    },
    dialog('compared', studio.viewer.compared.choose, (page) =>
      button(page, studio.viewer.compared.choose).click(),
    ),
    dialog('export', studio.exporting.title, (page) => page.keyboard.press('Control+e')),
    dialog('settings', studio.settings.title, (page) => page.keyboard.press('Control+,')),
    dialog('shortcuts', studio.shortcuts.title, (page) => page.keyboard.press('?')),
    dialog('palette', palette.title, (page) => page.keyboard.press('Control+k')),
    {
      name: 'tour',
      open: async (page) => {
        await page.keyboard.press('Control+k');
        await page.getByRole('dialog', { name: palette.title }).waitFor();
        await page.keyboard.type(palette.tour);
        await page.getByRole('option', { name: palette.tour, selected: true }).waitFor();
        await page.keyboard.press('Enter');
      },
      sign: (page) => page.getByRole('heading', { name: palette.steps.welcome.title }),
      close: (page) => button(page, palette.steps.skip).click(),
    },
    dialog('tasks', studio.jobs.title, (page) => button(page, studio.jobs.open).click()),
    {
      name: 'project-menu',
      open: (page) => menu(page).click(),
      sign: (page) => page.getByRole('menuitem', { name: studio.project.close }),
      close: pressEscape,
    },
    page('gallery', gallery.page, (page) => photos(page).first()),
    {
      name: 'add-menu',
      open: (page) => button(page, gallery.add).click(),
      sign: (page) => page.getByRole('menuitem', { name: gallery.addFolder }),
      close: pressEscape,
    },
    {
      name: 'selection',
      open: (page) => photos(page).first().click(),
      sign: (page) => page.getByRole('combobox', { name: gallery.preset }),
    },
    dialog(
      'export-selection',
      interpolate(
        'selectionTitle_one' in studio.exporting
          ? studio.exporting.selectionTitle_one
          : studio.exporting.selectionTitle_other,
        { count: 1 },
      ),
      (page) => button(page, gallery.export).click(),
    ),
    page('films', films.page, (page) => page.getByRole('heading', { name: films.empty.title })),
    page('models', studio.app.models, (page) => page.getByRole('heading', { name: studio.models.title })),
    dialog('licence', interpolate(studio.models.accept.title, { name: 'CodeFormer' }), (page) =>
      button(page, interpolate(studio.models.downloadOf, { name: 'CodeFormer' })).click(),
    ),
  ];
}

describe.each(languages)('every page in %s', { timeout: 600_000 }, (locale, words) => {
  it('has no serious violation, light and dark, and reaches from 320 px to 4K', async () => {
    const { page, problems } = await openStudio(browser, host.url, { locale });
    const found: string[] = [];
    const visit = async ({ name, open, sign, close }: View): Promise<void> => {
      await open(page);
      await sign(page).first().waitFor({ timeout: waitMs });
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        found.push(
          ...(await axeViolations(page)).map((violation) => `${name}, ${colorScheme}: ${violation}`),
        );
        if (screenshots !== undefined)
          await page.screenshot({ path: join(screenshots, `${name}-${locale}-${colorScheme}.png`) });
      }
      for (const size of ['narrow', 'huge', 'usual'] as const) {
        const [width, height] = sizes[size];
        await page.setViewportSize({ width, height });
        let outside = await overflowing(page);
        // A window takes a moment to be laid out anew.
        for (let attempt = 0; attempt < 10 && outside.length > 0; attempt += 1) {
          await page.waitForTimeout(200);
          outside = await overflowing(page);
        }
        found.push(...outside.map((element) => `${name}, ${size}: ${element}`));
        if (screenshots !== undefined && size !== 'usual')
          await page.screenshot({ path: join(screenshots, `${name}-${locale}-${size}.png`) });
      }
      await close?.(page);
    };
    try {
      for (const view of viewsIn(words)) await visit(view);
    } finally {
      // Also when a page did not come: what was found until then is worth knowing.
      expect.soft(found).toEqual([]);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
