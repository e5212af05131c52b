// Entry of the browser host, in plain Node: node out/main/browser-host.js [--open] [photos or a project]
// Environment: HEIRLOOM_PORT, HEIRLOOM_DATA_DIR, HEIRLOOM_MODELS_DIR. Prints the address to open.
import { join, resolve } from 'node:path';
import { chooseLanguage } from '#shared/messages/choose-language.ts';
import { start as englishWords } from '#shared/messages/en/start.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import { start as chineseWords } from '#shared/messages/zh-CN/start.ts';
import { applicationLocations, defaultDataFolder } from '../../locations.ts';
import { startStudio } from '../../start-studio.ts';
import { spawnForkedEngine } from '../spawn-forked-engine.ts';
import { openBrowser } from './open-browser.ts';
import { startBrowserHost } from './start-browser-host.ts';

const { LC_ALL, LC_MESSAGES, LANG, HEIRLOOM_PORT } = process.env;
const systemLanguages = [LC_ALL, LC_MESSAGES, LANG, Intl.DateTimeFormat().resolvedOptions().locale];
const words = chooseLanguage('system', systemLanguages) === 'zh-CN' ? chineseWords : englishWords;

/** Built, this file is out/main/browser-host.js. */
const appRoot = join(import.meta.dirname, '..', '..');
const args = process.argv.slice(2);
const openPaths = args.filter((argument) => !argument.startsWith('--')).map((path) => resolve(path));

const port = HEIRLOOM_PORT ? Number(HEIRLOOM_PORT) : 0;
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(interpolate(words.badPort, { value: HEIRLOOM_PORT ?? '' }));
  process.exit(2);
}

try {
  const host = await startBrowserHost({
    createStudio: (abilities) =>
      startStudio({
        dataFolder: defaultDataFolder(),
        abilities,
        appRoot,
        spawnEngine: spawnForkedEngine,
        openPaths,
      }),
    rendererFolder: applicationLocations(appRoot).rendererFolder,
    port,
    refusalText: words.refused,
  });
  console.log(interpolate(words.address, { url: host.url }));
  console.log(words.addressNote);
  if (args.includes('--open')) openBrowser(host.url);

  let isStopping = false;
  const stop = (): void => {
    // Asked twice, the person means at once.
    if (isStopping) process.exit(130);
    isStopping = true;
    console.log(words.stopping);
    host.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
} catch (error) {
  const isPortTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(isPortTaken ? interpolate(words.portTaken, { port }) : error);
  process.exit(1);
}
