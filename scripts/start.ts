// npm start [-- photos or a project] [--browser]: builds when needed, then opens the desktop window;
// where that is not possible, says why in one sentence and runs the same studio for a browser.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chooseLanguage } from '#shared/messages/choose-language.ts';
import { start as englishWords } from '#shared/messages/en/start.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import { start as chineseWords } from '#shared/messages/zh-CN/start.ts';
import { buildIsStale } from './build-freshness.ts';
import { hasDisplay } from './start/display.ts';
import { type FetchResult, fetchElectron, findElectron } from './start/electron-binary.ts';
import { runChild } from './start/run-child.ts';

const neededNodeMajor = 24;
/** Time for about 120 MB; without a network the fetch fails at once. */
const fetchTimeoutMs = 90_000;
/** Electron that ends with an error within this time never showed its window: a missing library, no sandbox. */
const startUpMs = 10_000;

const root = join(import.meta.dirname, '..');
const { env } = process;
const { LC_ALL, LC_MESSAGES, LANG } = env;
const systemLanguages = [LC_ALL, LC_MESSAGES, LANG, Intl.DateTimeFormat().resolvedOptions().locale];
const words = chooseLanguage('system', systemLanguages) === 'zh-CN' ? chineseWords : englishWords;

const args = process.argv.slice(2);
// npm changes to the project's folder; the paths were meant from where the person stands.
const paths = args
  .filter((argument) => !argument.startsWith('--'))
  .map((path) => resolve(env['INIT_CWD'] ?? process.cwd(), path));

process.exit(await main());

async function main(): Promise<number> {
  const node = nodeToUse();
  if (node === null) {
    console.error(words.nodeTooOld);
    return 1;
  }
  if (buildIsStale(root)) {
    const built = spawnSync(node, [join(root, 'scripts', 'build.ts')], { cwd: root, stdio: 'inherit' });
    if (built.status !== 0) return built.status ?? 1;
  }
  const canShow = hasDisplay(process.platform, env);
  if (!args.includes('--browser')) {
    const electron = canShow ? await obtainElectron() : { whyNot: words.noDisplay };
    if ('path' in electron) {
      const end = await runChild(electron.path, [root, ...paths], { cwd: root, env: electronEnvironment() });
      if (end.code === 0 || end.wasAsked || end.elapsedMs > startUpMs) return end.code;
      console.log(interpolate(words.electronFailed, { code: end.code }));
    } else {
      console.log(electron.whyNot);
    }
  }
  const host = [join(root, 'out', 'main', 'browser-host.js'), ...(canShow ? ['--open'] : []), ...paths];
  return (await runChild(node, host, { cwd: root, env })).code;
}

async function obtainElectron(): Promise<{ path: string } | { whyNot: string }> {
  const folder = join(root, 'node_modules', 'electron');
  if (!existsSync(join(folder, 'install.js'))) {
    return { whyNot: interpolate(words.noElectron, { reason: 'npm ci --omit=dev' }) };
  }
  const present = findElectron(folder, env);
  if (present.kind === 'found') return present;
  console.log(words.fetchingElectron);
  const fetched = await fetchElectron(folder, env, fetchTimeoutMs);
  if (fetched.kind === 'found') return fetched;
  return { whyNot: interpolate(words.noElectron, { reason: reasonInWords(fetched) }) };
}

function reasonInWords(fetched: Exclude<FetchResult, { kind: 'found' }>): string {
  if (fetched.kind === 'timed-out') {
    return interpolate(words.tookTooLong, { seconds: fetchTimeoutMs / 1000 });
  }
  // All that Node's fetch says at the top when no connection came about.
  if (fetched.kind === 'failed' && fetched.reason !== 'fetch failed') return fetched.reason;
  return words.noNetwork;
}

/** With this variable Electron would run as plain Node. */
function electronEnvironment(): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _unwanted, ...rest } = env;
  return rest;
}

/** npm puts Node 24 first on the path; started otherwise, it is looked for where npm installed it. */
function nodeToUse(): string | null {
  if (Number(process.versions.node.split('.')[0]) >= neededNodeMajor) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const installed = join(root, 'node_modules', 'node', 'bin', name);
  return existsSync(installed) ? installed : null;
}
