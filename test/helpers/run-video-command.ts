// heirloom video as a person starts it: the built program with a data folder of its own. Run it with --json to see its
// events as they come.
import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const program = join(resolve(import.meta.dirname, '../..'), 'bin/heirloom.mjs');

export interface VideoRun {
  /** Null: killed. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export type VideoEvent = Record<string, unknown> & { event: string };

/** Runs in `folder`, which also takes its data. `onEvent` sees each line of --json as it comes. */
export function runVideoCommand(
  folder: string,
  args: readonly string[],
  onEvent: (event: VideoEvent, command: ChildProcess) => void = () => {},
): Promise<VideoRun> {
  return new Promise((done, fail) => {
    const command = spawn(process.execPath, [program, 'video', ...args], {
      cwd: folder,
      env: { ...process.env, HEIRLOOM_DATA_DIR: join(folder, 'data'), LANG: 'en_GB.UTF-8', LC_ALL: '' },
    });
    let [out, err, rest] = ['', '', ''];
    command.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (!args.includes('--json')) return;
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onEvent(JSON.parse(line) as VideoEvent, command);
    });
    command.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    command.on('error', fail);
    command.on('close', (code) => done({ code, out, err }));
  });
}

export function lastEvent({ out }: VideoRun): VideoEvent {
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as VideoEvent;
}
