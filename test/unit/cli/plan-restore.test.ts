// Which files are restored and where the results go.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planRestore } from '../../../src/cli/plan-restore.ts';
import { WrongUse } from '../../../src/cli/read-options.ts';
import { cli as messages } from '../../../src/shared/messages/en/cli.ts';

let folder: string;
const options = { recursive: false, suffix: '', saveFaces: false };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-plan-'));
  for (const path of ['a.jpg', 'a.png', 'notes.txt', 'sub/b.TIF', 'sub/deep/c.webp', '.hidden/d.jpg']) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), 'x');
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stems = (plan: ReturnType<typeof planRestore>, output: string) =>
  plan.files.map((file) => relative(output, file.outputStem));

describe('planRestore', () => {
  it('takes the pictures of a folder, gives clashing names different stems, and says that subfolders stayed out', () => {
    const out = join(folder, 'out');
    const plan = planRestore([folder], out, options, messages);
    expect(stems(plan, out)).toEqual(['a', 'a-png']);
    expect(plan.hasUnvisitedFolders).toBe(true);
  });

  it('keeps subfolders with recursive, leaves hidden folders and its own output alone', () => {
    const out = join(folder, 'out');
    mkdirSync(out);
    writeFileSync(join(out, 'a.jpg'), 'earlier result');
    const plan = planRestore([folder], out, { ...options, recursive: true }, messages);
    expect(stems(plan, out)).toEqual(['a', 'a-png', join('sub', 'b'), join('sub', 'deep', 'c')]);
  });

  it('takes a file name for a single photo', () => {
    const plan = planRestore([join(folder, 'a.jpg')], join(folder, 'new.png'), options, messages);
    expect(plan.files[0]?.exactOutput).toBe(join(folder, 'new.png'));
  });

  it('refuses one file name for many photos', () => {
    expect(() => planRestore([folder], join(folder, 'new.png'), options, messages)).toThrow(WrongUse);
  });

  it('plans a missing file too, so that it is reported like any other failure', () => {
    const plan = planRestore([join(folder, 'gone.jpg')], join(folder, 'out'), options, messages);
    expect(plan.files).toHaveLength(1);
  });

  it('adds the suffix to the name', () => {
    const out = join(folder, 'out');
    const plan = planRestore([join(folder, 'a.jpg')], out, { ...options, suffix: '-restored' }, messages);
    expect(stems(plan, out)).toEqual(['a-restored']);
  });
});
