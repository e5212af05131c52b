// The one file that starts ffmpeg and ffprobe. Runs in the engine process.
// A direct spawn instead of fluent-ffmpeg: raw frames go through both pipes under back-pressure, exit code, signal and
// the last words are needed exactly, and that library has no maintainer any more.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { HeirloomError, JobCancelled } from '#shared/errors/heirloom-error.ts';

export interface FfmpegProcess {
  readonly input: Writable;
  readonly output: Readable;
  /** Each complete line of standard error as it comes. */
  onLine(listener: (line: string) => void): void;
  /** Resolves when the process has ended well and standard error is read to its end; rejects otherwise. */
  readonly ended: Promise<void>;
  /** Ends it at once; `ended` then rejects with JobCancelled. */
  kill(): void;
}

export interface FfmpegRun {
  /** Name of the clip, for error sentences. */
  readonly fileName: string;
  /** Where it writes, when it does: a full disk is then told by its path. */
  readonly outputPath?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Enough to understand a failure, little enough to keep for hours. */
const keptLines = 40;
const longestLine = 2000;

/** Errors of `ended`: video.ffmpeg-failed, video.ffmpeg-missing, output.disk-full, output.not-writable; JobCancelled. */
export function startFfmpeg(program: string, args: readonly string[], run: FfmpegRun): FfmpegProcess {
  if (run.signal?.aborted) throw new JobCancelled();
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  const listeners: ((line: string) => void)[] = [];
  const lastLines: string[] = [];
  let isKilledByUs = false;

  const kill = (): void => {
    isKilledByUs = true;
    child.kill('SIGKILL');
  };
  run.signal?.addEventListener('abort', kill, { once: true });
  splitLines(child.stderr, (line) => {
    if (!line.includes('[Parsed_showinfo')) {
      lastLines.push(line);
      if (lastLines.length > keptLines) lastLines.shift();
    }
    for (const listener of listeners) listener(line);
  });
  // A process that ends early closes its pipe: the exit code says why, not the pipe.
  child.stdin.on('error', () => undefined);

  const ended = whenEnded(child).then(
    ({ code, signal }) => {
      run.signal?.removeEventListener('abort', kill);
      if (isKilledByUs) throw new JobCancelled();
      if (code !== 0) throw failureOf(lastLines.join('\n'), code ?? signal, run);
    },
    (error: unknown) => {
      run.signal?.removeEventListener('abort', kill);
      if (isKilledByUs) throw new JobCancelled();
      throw new HeirloomError('video.ffmpeg-missing', {}, { cause: error });
    },
  );
  // Who waits for frames finds out through the pipe first; nobody may be waiting for the end yet.
  ended.catch(() => undefined);
  return {
    input: child.stdin,
    output: child.stdout,
    onLine: (listener) => listeners.push(listener),
    ended,
    kill,
  };
}

/** Runs to the end and answers standard output as text. Errors as startFfmpeg. */
export async function runFfmpeg(program: string, args: readonly string[], run: FfmpegRun): Promise<string> {
  const running = startFfmpeg(program, args, run);
  running.input.end();
  const chunks: Buffer[] = [];
  running.output.on('data', (chunk: Buffer) => chunks.push(chunk));
  await running.ended;
  return Buffer.concat(chunks).toString('utf8');
}

function whenEnded(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
}

function splitLines(stream: Readable, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split(/\r?\n|\r/);
    rest = (lines.pop() ?? '').slice(-longestLine);
    for (const line of lines) if (line !== '') take(line);
  });
  stream.on('end', () => {
    if (rest !== '') take(rest);
  });
}

function failureOf(words: string, how: number | string | null, run: FfmpegRun): HeirloomError {
  const cause = `ended with ${how ?? 'nothing'}\n${words}`;
  const path = run.outputPath;
  if (path !== undefined && /no space left on device|disk quota exceeded|file too large/i.test(words)) {
    return new HeirloomError('output.disk-full', { path }, { cause });
  }
  if (path !== undefined && /permission denied|read-only file system/i.test(words)) {
    return new HeirloomError('output.not-writable', { path }, { cause });
  }
  return new HeirloomError('video.ffmpeg-failed', { fileName: run.fileName }, { cause });
}
