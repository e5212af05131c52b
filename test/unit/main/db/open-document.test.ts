import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { heirloomApplicationId } from '../../../../src/main/db/document-header.ts';
import { latestVersion, migrate } from '../../../../src/main/db/migrate.ts';
import { closeDocument, createDocument, openDocument } from '../../../../src/main/db/open-document.ts';
import { takeProjectLease } from '../../../../src/main/db/project-lease.ts';
import { temporaryFolder } from '../../../helpers/studio-driver.ts';

let folder: string;
let documentPath: string;
beforeEach(() => {
  folder = temporaryFolder();
  documentPath = path.join(folder, 'Family.heirloom');
});
const places = () => ({
  damagedFolder: path.join(folder, 'damaged'),
  privateFolder: path.join(folder, 'private'),
});
const open = (readOnly = false) => openDocument(documentPath, { readOnly, ...places() });

function errorOf(work: () => unknown): HeirloomError {
  try {
    work();
  } catch (error) {
    if (error instanceof HeirloomError) return error;
    throw error;
  }
  throw new Error('succeeded');
}
function makeFilled(): void {
  const database = createDocument(documentPath);
  database.exec("INSERT INTO project VALUES (1, 'id', 'now')");
  const insert =
    database.prepare(`INSERT INTO photo (id, original_sha256, original_file, page_index, file_name, format,
    byte_size, width_px, height_px, bit_depth, has_alpha, page_count, imported_at)
    VALUES (?, ?, 'f', 0, ?, 'jpeg', 1, 2, 3, 8, 0, 1, 'now')`);
  for (let row = 0; row < 200; row += 1)
    insert.run(`photo-${row}`, String(row).padStart(64, '0'), `a long name ${'x'.repeat(100)} ${row}`);
  closeDocument(database);
}

describe('documents', () => {
  it('are SQLite files of our own kind, and one plain file when closed', () => {
    const database = createDocument(documentPath);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(database.pragma('application_id', { simple: true })).toBe(heirloomApplicationId);
    closeDocument(database);
    expect(readdirSync(folder)).toEqual(['Family.heirloom']);
    closeDocument(open());
    expect(readdirSync(folder)).toEqual(['Family.heirloom']);
  });

  it('are never made over something that is there', () => {
    writeFileSync(documentPath, 'mine');
    expect(errorOf(() => createDocument(documentPath)).code).toBe('project.exists');
    expect(readFileSync(documentPath, 'utf8')).toBe('mine');
  });

  it.each([
    ['a text', () => writeFileSync(documentPath, 'Dear diary, '.repeat(50)), 'project.not-a-project'],
    ['an empty file', () => writeFileSync(documentPath, ''), 'project.not-a-project'],
    ['a folder', () => mkdirSync(documentPath), 'project.not-a-project'],
    ['nothing', () => undefined, 'project.not-found'],
    [
      'a SQLite file of another program',
      () => new BetterSqlite3(documentPath).exec('CREATE TABLE x (y)').close(),
      'project.not-a-project',
    ],
  ])('%s is refused', (_name, make, code) => {
    make();
    expect(errorOf(open).code).toBe(code);
  });

  it('of a newer program are refused and left alone', () => {
    makeFilled();
    const database = new BetterSqlite3(documentPath);
    database.pragma(`user_version = ${latestVersion + 1}`);
    database.close();
    const before = readFileSync(documentPath);
    expect(errorOf(open).code).toBe('project.newer-version');
    expect(errorOf(() => open(true)).code).toBe('project.newer-version');
    expect(readFileSync(documentPath)).toEqual(before);
  });

  it('with flipped bytes are refused, and a copy is kept untouched', () => {
    makeFilled();
    const bytes = readFileSync(documentPath);
    // Inside the first table page that holds cells: its cell pointers.
    const at = 4096 * 6;
    for (let offset = at; offset < at + 64; offset += 1)
      bytes.writeUInt8(bytes.readUInt8(offset) ^ 0xff, offset);
    writeFileSync(documentPath, bytes);

    for (const round of [1, 2]) {
      const error = errorOf(open);
      expect(error.code, `round ${round}`).toBe('project.damaged');
      const copyPath = String(error.params['copyPath']);
      expect(readFileSync(copyPath)).toEqual(bytes);
    }
    expect(readFileSync(documentPath)).toEqual(bytes);
    const copies = readdirSync(folder).filter((name) => name !== 'Family.heirloom');
    expect(copies).toEqual([expect.stringMatching(/^Family\.damaged-[0-9a-f]{8}\.heirloom-copy$/)]);
  });

  it('with a broken header, or cut short, are damaged, not foreign', () => {
    makeFilled();
    const whole = readFileSync(documentPath);
    const header = Buffer.from(whole);
    header.write('SQLite formaX', 'latin1');
    for (const bytes of [header, whole.subarray(0, whole.length - 8192)]) {
      writeFileSync(documentPath, bytes);
      expect(errorOf(open).code).toBe('project.damaged');
      expect(readFileSync(documentPath)).toEqual(bytes);
    }
  });

  it('of an older version are migrated after a backup that an older program can open', () => {
    const older = new BetterSqlite3(documentPath);
    older.pragma(`application_id = ${heirloomApplicationId}`);
    migrate(older, 1);
    older.exec("INSERT INTO project VALUES (1, 'the-id', 'now')");
    older.close();

    const reader = open(true);
    expect(reader.prepare('SELECT id FROM project').pluck().get()).toBe('the-id');
    expect(reader.prepare('SELECT count(*) FROM job').pluck().get()).toBe(0);
    reader.close();
    expect(existsSync(path.join(folder, 'Family.version-1.heirloom-copy'))).toBe(false);

    closeDocument(open());
    const backup = new BetterSqlite3(path.join(folder, 'Family.version-1.heirloom-copy'));
    expect(backup.pragma('user_version', { simple: true })).toBe(1);
    expect(backup.pragma('application_id', { simple: true })).toBe(heirloomApplicationId);
    expect(backup.prepare('SELECT id FROM project').pluck().get()).toBe('the-id');
    backup.close();
  });

  it('left by a crash open with everything that was committed', () => {
    const crashed = createDocument(documentPath);
    crashed.exec("INSERT INTO project VALUES (1, 'committed', 'now')");
    crashed.exec('BEGIN');
    crashed.exec("UPDATE project SET id = 'half'");
    // A copy of the files as they lie on disk now is what a killed process leaves.
    const left = path.join(folder, 'left');
    mkdirSync(left);
    for (const suffix of ['', '-wal'])
      writeFileSync(path.join(left, `Family.heirloom${suffix}`), readFileSync(documentPath + suffix));
    crashed.close();
    const database = openDocument(path.join(left, 'Family.heirloom'), { readOnly: false, ...places() });
    expect(database.prepare('SELECT id FROM project').pluck().get()).toBe('committed');
    closeDocument(database);
    expect(readdirSync(left)).toEqual(['Family.heirloom']);
  });

  it('can be read while another connection writes', () => {
    const writer = createDocument(documentPath);
    writer.exec("INSERT INTO project VALUES (1, 'one', 'now')");
    const reader = open(true);
    writer.exec("UPDATE project SET id = 'two'");
    expect(reader.prepare('SELECT id FROM project').pluck().get()).toBe('two');
    expect(() => reader.exec('DELETE FROM project')).toThrow('readonly');
    closeDocument(writer);
    expect(reader.prepare('SELECT id FROM project').pluck().get()).toBe('two');
    reader.close();
  });
});

describe('the lease', () => {
  it('is held by one at a time, and free again after release', () => {
    const lease = takeProjectLease(documentPath);
    expect(lease).not.toBeNull();
    expect(takeProjectLease(documentPath)).toBeNull();
    expect(takeProjectLease(path.join(folder, 'Other.heirloom'))).not.toBeNull();
    lease?.release();
    const again = takeProjectLease(documentPath);
    expect(again).not.toBeNull();
    again?.release();
  });

  it('is not given where no file can be made', () => {
    mkdirSync(`${documentPath}-lock`);
    expect(takeProjectLease(documentPath)).toBeNull();
  });
});
