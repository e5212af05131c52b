// The folder in which a clip is made, segment by segment: what is in it can be gone on with after a crash, a cancel or a
// power cut. One process at a time. Runs in the engine process.
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { writeAtomically, writePieces } from '../../codec/write-atomically.ts';

/** Digests of everything that decides what a part of the work looks like; other keys make that part worthless. */
export interface WorkKeys {
  readonly faces: string;
  /** Null: this work makes no segments, and those of a run that was interrupted stay whatever its options were. */
  readonly segments: string | null;
  /** Of a run that must not take up the work of others; null: any. */
  readonly freshRunId: string | null;
}

export interface WorkFolder {
  readonly listPath: string;
  readonly joinListPath: string;
  readonly answersPath: string;
  readonly tracksPath: string;
  /** Of a preview: its frames as they are. */
  readonly untouchedPath: string;
  segmentPath(index: number): string;
  historyPath(index: number): string;
  /** Lets another process have it. What is in it stays. */
  release(): Promise<void>;
}

/** Makes the folder, or takes up what fits of an earlier run. Errors: video.busy, output.not-writable, output.disk-full. */
export async function openWorkFolder(path: string, keys: WorkKeys, targetPath: string): Promise<WorkFolder> {
  await mkdir(path, { recursive: true });
  const lockPath = join(path, 'lock');
  await lock(lockPath, targetPath);
  try {
    await dropWhatDoesNotFit(path, keys);
  } catch (error) {
    await rm(lockPath, { force: true });
    throw error;
  }
  const numbered = (index: number) => String(index).padStart(6, '0');
  return {
    listPath: join(path, 'pictures.ffconcat'),
    joinListPath: join(path, 'segments.ffconcat'),
    answersPath: join(path, 'answers.jsonl'),
    tracksPath: join(path, tracksName),
    untouchedPath: join(path, 'untouched.mov'),
    segmentPath: (index) => join(path, `segment-${numbered(index)}.mov`),
    historyPath: (index) => join(path, `history-${numbered(index)}.bin`),
    release: () => rm(lockPath, { force: true }),
  };
}

/** Path of the tracks that were stored under these keys of the faces, whoever works in the folder; null: there are none. */
export async function followedWith(folder: string, facesKey: string): Promise<string | null> {
  const keys = await readKeys(join(folder, 'keys.json'));
  return keys?.faces === facesKey ? join(folder, tracksName) : null;
}

const tracksName = 'tracks.json';

async function lock(lockPath: string, targetPath: string): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(lockPath, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new HeirloomError('output.not-writable', { path: targetPath }, { cause: error });
      }
      const owner = Number(await readFile(lockPath, 'utf8').catch(() => ''));
      if (owner > 0 && isAlive(owner)) throw new HeirloomError('video.busy', { path: targetPath });
      // Left behind by a process that was killed.
      await rm(lockPath, { force: true });
    }
  }
  throw new HeirloomError('video.busy', { path: targetPath });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function dropWhatDoesNotFit(path: string, keys: WorkKeys): Promise<void> {
  const keysPath = join(path, 'keys.json');
  const stored = await readKeys(keysPath);
  const isOtherRun = keys.freshRunId !== null && stored?.freshRunId !== keys.freshRunId;
  const known = isOtherRun ? null : stored;
  const { segments } = keys;
  const isOf = (name: string, ...beginnings: string[]) => beginnings.some((text) => name.startsWith(text));
  for (const name of await readdir(path)) {
    const isUnfinished = name.endsWith('.part') || name.startsWith('.heirloom-');
    const isStaleSegment =
      segments !== null && known?.segments !== segments && isOf(name, 'segment-', 'history-');
    const isStaleFaces = known?.faces !== keys.faces && isOf(name, 'answers', 'tracks');
    if (isUnfinished || isStaleSegment || isStaleFaces) await rm(join(path, name), { force: true });
  }
  const written = { ...keys, segments: segments ?? known?.segments ?? null };
  await writeDurably(keysPath, Buffer.from(JSON.stringify(written)));
}

async function readKeys(path: string): Promise<{ readonly [K in keyof WorkKeys]?: unknown } | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as { readonly [K in keyof WorkKeys]?: unknown };
  } catch {
    // Not there, or torn: then nothing is known of what lies here, and it is made again.
    return null;
  }
}

/** Replaces a file of the work folder, whole. Errors: output.disk-full, output.not-writable. */
export async function writeDurably(path: string, ...pieces: readonly Uint8Array[]): Promise<void> {
  await writeAtomically(path, (temporary) => writePieces(temporary, pieces), { overwrite: true });
}
