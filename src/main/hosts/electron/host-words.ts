// The words of menus and dialogs in the person's language, and the recent projects of the menu.
// Runs in Electron's main process. Asks the studio like any window would.
import { commands } from '#shared/contract/commands.ts';
import type { RecentProject } from '#shared/domain/project.ts';
import { type Settings, settingsSchema } from '#shared/domain/settings.ts';
import { chooseLanguage } from '#shared/messages/choose-language.ts';
import { menu as englishMenu, type MenuMessages } from '#shared/messages/en/menu.ts';
import { menu as chineseMenu } from '#shared/messages/zh-CN/menu.ts';
import type { Studio } from '../../studio.ts';

export function menuWords(language: Settings['language'], systemLanguages: readonly string[]): MenuMessages {
  return chooseLanguage(language, systemLanguages) === 'zh-CN' ? chineseMenu : englishMenu;
}

/** Settings as stored; the defaults when they cannot be read. */
export async function readSettings(studio: Pick<Studio, 'dispatch'>): Promise<Settings> {
  const reply = await studio.dispatch('settings.read', {});
  const parsed = settingsSchema.safeParse(reply.ok ? reply.value : {});
  return parsed.success ? parsed.data : settingsSchema.parse({});
}

export async function readRecentProjects(studio: Pick<Studio, 'dispatch'>): Promise<RecentProject[]> {
  const reply = await studio.dispatch('project.list-recent', {});
  const parsed = commands['project.list-recent'].output.safeParse(reply.ok ? reply.value : []);
  return parsed.success ? parsed.data : [];
}

/** The licence addresses the window shows: the only ones that may open in the person's browser. */
export async function readLicenceAddresses(studio: Pick<Studio, 'dispatch'>): Promise<Set<string>> {
  const reply = await studio.dispatch('models.list', {});
  const parsed = commands['models.list'].output.safeParse(reply.ok ? reply.value : []);
  const addresses = parsed.success ? parsed.data.map((status) => status.entry.licence.url) : [];
  return new Set(addresses.filter((address) => address !== null));
}
