import { chmodSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { driveStudio, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
beforeEach(async () => {
  driver = driveStudio();
  await driver.call('project.create', { documentPath: path.join(driver.dataFolder, 'Family.heirloom') });
  const sources = ['a.png', 'b.png'].map((name) => ({ kind: 'path', path: driver.picture(name) }) as const);
  await driver.call('photos.import', { sources });
});
afterEach(() => driver.close());

function originalOf(text: string): string {
  const folder = path.join(driver.dataFolder, 'Family', 'originals');
  const name = readdirSync(folder).find((each) =>
    readFileSync(path.join(folder, each), 'utf8').includes(text),
  );
  if (name === undefined) throw new Error(`no original of ${text}`);
  return path.join(folder, name);
}
const found = async () =>
  (await driver.call('photos.check-originals', {})).map(({ fileName, problem }) => [fileName, problem]);

it('says nothing of originals that are as they were, also when only their time changed', async () => {
  expect(await found()).toEqual([]);
  utimesSync(originalOf('a.png'), new Date(), new Date(Date.now() + 3_600_000));
  expect(await found()).toEqual([]);
});

it('notices one that was moved away, and that it came back with the file', async () => {
  renameSync(originalOf('a.png'), path.join(driver.dataFolder, 'elsewhere.png'));
  expect(await found()).toEqual([['a.png', 'missing']]);
  const source = path.join(driver.dataFolder, 'a.png');
  await driver.call('photos.import', { sources: [{ kind: 'path', path: source }] });
  expect(await found()).toEqual([]);
});

it('notices one with other bytes, of another size or of the same', async () => {
  const original = originalOf('b.png');
  const bytes = readFileSync(original, 'utf8');
  chmodSync(original, 0o644);
  writeFileSync(original, `${bytes} `);
  expect(await found()).toEqual([['b.png', 'changed']]);
  writeFileSync(original, bytes.replace('b.png', 'c.png'));
  utimesSync(original, new Date(), new Date(Date.now() + 3_600_000));
  expect(await found()).toEqual([['b.png', 'changed']]);
});
