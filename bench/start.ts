// npm run bench -- start: how soon the built studio answers in a browser, and the command line on a terminal.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';

const root = join(import.meta.dirname, '..');
const attempts = 7;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** From starting the process until its page has been delivered, the token exchanged on the way. */
async function hostOnce(dataFolder: string): Promise<{ addressMs: number; pageMs: number }> {
  const startedAt = performance.now();
  const host = spawn(process.execPath, [join(root, 'out/main/browser-host.js')], {
    env: { ...process.env, HEIRLOOM_DATA_DIR: dataFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    host.stdout.on('data', (text: Buffer) => {
      const found = /http:\/\/\S+/.exec(text.toString());
      if (found !== null) resolve(found[0]);
    });
    host.on('exit', (code) => reject(new Error(`the host ended with ${code}: run npm run build`)));
  });
  const addressMs = performance.now() - startedAt;
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(new URL('/', url), { headers: { cookie } });
  const text = await page.text();
  const pageMs = performance.now() - startedAt;
  if (!page.ok || !text.includes('<script')) throw new Error(`the page was not delivered: ${page.status}`);
  host.removeAllListeners('exit');
  const ended = new Promise((resolve) => host.once('exit', resolve));
  host.kill('SIGTERM');
  await ended;
  return { addressMs, pageMs };
}

const hosts: { addressMs: number; pageMs: number }[] = [];
for (let attempt = 0; attempt < attempts; attempt += 1) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'heirloom-start-'));
  hosts.push(await hostOnce(dataFolder));
  rmSync(dataFolder, { recursive: true, force: true });
}
const commands = (args: string[]): number[] =>
  Array.from({ length: attempts }, () => {
    const startedAt = performance.now();
    const { status } = spawnSync(process.execPath, [join(root, 'bin/heirloom.mjs'), ...args], {
      stdio: 'ignore',
    });
    if (status !== 0) throw new Error(`heirloom ${args.join(' ')} ended with ${status}`);
    return performance.now() - startedAt;
  });
const bare = Array.from({ length: attempts }, () => {
  const startedAt = performance.now();
  spawnSync(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  return performance.now() - startedAt;
});

reportRow(rowShown('start', 'node itself', median(bare), 'ms'));
reportRow(
  rowShown('start', 'browser host, address printed', median(hosts.map(({ addressMs }) => addressMs)), 'ms'),
);
reportRow(
  rowAtMost('start', 'browser host, page delivered', median(hosts.map(({ pageMs }) => pageMs)), 'ms', 1500),
);
reportRow(rowAtMost('start', 'heirloom --help', median(commands(['--help'])), 'ms', 300));
reportRow(rowShown('start', 'heirloom models list', median(commands(['models', 'list'])), 'ms'));
