import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { latestVersion, migrate, versionOf } from '../../../../src/main/db/migrate.ts';
import { allMigrations } from '../../../../src/main/db/migrations/all-migrations.ts';

const sha256 = 'a'.repeat(64);
function databaseAt(version: number): BetterSqlite3.Database {
  const database = new BetterSqlite3(':memory:');
  database.pragma('foreign_keys = ON');
  migrate(database, version);
  return database;
}
function insertPhoto(database: BetterSqlite3.Database, id: string, page = 0): void {
  database
    .prepare(`INSERT INTO photo (id, original_sha256, original_file, page_index, file_name, format, byte_size, width_px,
      height_px, bit_depth, has_alpha, page_count, imported_at) VALUES (?, ?, ?, ?, 'a.jpg', 'jpeg', 1, 2, 3, 8, 0, 1, 'now')`)
    .run(id, sha256, `originals/${sha256}.jpg`, page);
}
function planOf(database: BetterSqlite3.Database, sql: string): string {
  const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
  return rows.map((row) => row.detail).join('\n');
}

describe('migrate', () => {
  it('goes to the latest version, and again changes nothing', () => {
    const database = databaseAt(latestVersion);
    expect(versionOf(database)).toBe(allMigrations.length);
    const schema = database.prepare('SELECT sql FROM sqlite_schema').all();
    migrate(database);
    expect(database.prepare('SELECT sql FROM sqlite_schema').all()).toEqual(schema);
  });

  it('a migration that throws leaves everything as it was', () => {
    const database = databaseAt(1);
    insertPhoto(database, 'p1');
    const broken = {
      version: 2,
      up(target: BetterSqlite3.Database) {
        target.exec('CREATE TABLE half (x) ; DELETE FROM photo');
        throw new Error('power cut');
      },
    };
    expect(() => migrate(database, 2, [allMigrations[0] ?? broken, broken])).toThrow('power cut');
    expect(versionOf(database)).toBe(1);
    expect(database.prepare('SELECT id FROM photo').pluck().all()).toEqual(['p1']);
    expect(database.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
  });

  it('refuses a list with a gap', () => {
    expect(() => migrate(databaseAt(0), 3, [{ version: 2, up: () => undefined }])).toThrow('out of order');
  });

  it('every table is strict', () => {
    const database = databaseAt(latestVersion);
    const tables = database
      .prepare("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all();
    expect(tables.length).toBeGreaterThan(4);
    expect(tables).toEqual(tables.map((table) => ({ ...(table as object), strict: 1 })));
  });
});

describe('0001 photos, faces, edits', () => {
  it('holds one project, one row per page of an original, one step per place in a history', () => {
    const database = databaseAt(1);
    const project = database.prepare("INSERT INTO project VALUES (?, 'id', 'now')");
    project.run(1);
    expect(() => project.run(2)).toThrow('CHECK');
    insertPhoto(database, 'p1');
    insertPhoto(database, 'p2', 1);
    expect(() => insertPhoto(database, 'p3')).toThrow('UNIQUE');
    const edit = database.prepare("INSERT INTO edit VALUES (?, 'p1', ?, '{}', 'now')");
    edit.run('e1', 1);
    expect(() => edit.run('e2', 1)).toThrow('UNIQUE');
    expect(() => edit.run('e3', 0)).toThrow('CHECK');
    expect(() => database.exec("INSERT INTO edit VALUES ('e4', 'nobody', 1, '{}', 'now')")).toThrow(
      'FOREIGN',
    );
    expect(() => database.exec("INSERT INTO edit VALUES ('e5', 'p2', 1, 'no json', 'now')")).toThrow('CHECK');
  });

  it('finds faces and steps of a photo through an index', () => {
    const database = databaseAt(1);
    expect(planOf(database, "SELECT * FROM face WHERE photo_id = 'p' ORDER BY sequence")).toMatch(
      /^SEARCH face USING INDEX face_by_photo/,
    );
    expect(planOf(database, "SELECT * FROM edit WHERE photo_id = 'p' ORDER BY sequence")).toMatch(
      /^SEARCH edit USING INDEX/,
    );
    expect(
      planOf(database, `SELECT * FROM photo WHERE original_sha256 = '${sha256}' AND page_index = 0`),
    ).toMatch(/^SEARCH photo USING INDEX/);
  });
});

describe('0002 results, jobs', () => {
  it('keeps what version 1 held, and derives the state of a photo', () => {
    const database = databaseAt(1);
    for (const page of [0, 1, 2, 3, 4]) insertPhoto(database, `p${page}`, page);
    database.exec(
      "UPDATE photo SET state_key = 'now'; UPDATE photo SET faces_found_at = 'x' WHERE id <> 'p0'",
    );
    const before = database.prepare('SELECT * FROM photo').all();
    migrate(database, 2);
    expect(database.prepare('SELECT * FROM photo').all()).toEqual(before);

    const insert = database.prepare(
      "INSERT INTO result VALUES (NULL, ?, ?, ?, ?, '{}', 'f', 1, 1, 'now', 1, 1)",
    );
    insert.run('r2', 'p2', 'b'.repeat(64), 'now');
    insert.run('r3', 'p3', 'c'.repeat(64), 'before');
    database.exec("UPDATE photo SET has_failed = 1 WHERE id = 'p4'");
    expect(database.prepare('SELECT id, state FROM listed_photo ORDER BY sequence').raw().all()).toEqual([
      ['p0', 'new'],
      ['p1', 'faces-found'],
      ['p2', 'restored'],
      ['p3', 'edited-since'],
      ['p4', 'failed'],
    ]);
  });

  it('finds waiting jobs, jobs and newest result of a photo through an index', () => {
    const database = databaseAt(2);
    expect(planOf(database, "SELECT * FROM job WHERE state = 'queued' ORDER BY sequence")).toBe(
      'SEARCH job USING INDEX job_by_state (state=?)',
    );
    expect(planOf(database, "SELECT * FROM job WHERE photo_id = 'p' ORDER BY sequence")).toMatch(
      /^SEARCH job USING INDEX job_by_photo/,
    );
    expect(planOf(database, "SELECT * FROM result WHERE photo_id = 'p' ORDER BY last_use DESC LIMIT 1")).toBe(
      'SEARCH result USING INDEX result_by_photo (photo_id=?)',
    );
    expect(planOf(database, 'SELECT * FROM listed_photo ORDER BY sequence')).toContain(
      'USING INDEX result_by_photo',
    );
  });
});

describe('0003 gallery', () => {
  it('keeps what version 2 held, and names the newest result of each photo', () => {
    const database = databaseAt(2);
    for (const page of [0, 1]) insertPhoto(database, `p${page}`, page);
    const insert = database.prepare(
      "INSERT INTO result VALUES (NULL, ?, 'p1', ?, '', '{}', 'f', 1, 1, 'now', 1, ?)",
    );
    insert.run('r1', 'b'.repeat(64), 2);
    insert.run('r2', 'c'.repeat(64), 1);
    const before = database.prepare('SELECT * FROM listed_photo ORDER BY sequence').all() as object[];
    migrate(database, 3);
    const after = database.prepare('SELECT * FROM listed_photo ORDER BY sequence').all();
    expect(after).toEqual(
      before.map((row, index) => ({ ...row, latest_result_id: index === 1 ? 'r1' : null })),
    );
  });

  it('holds one view, and one plan per photo that goes with it', () => {
    const database = databaseAt(3);
    insertPhoto(database, 'p1');
    const view = database.prepare('INSERT INTO project_view VALUES (?, ?)');
    view.run(1, '{}');
    expect(() => view.run(2, '{}')).toThrow('CHECK');
    expect(() => database.exec("UPDATE project_view SET body = 'no json'")).toThrow('CHECK');
    const plan = database.prepare('INSERT INTO planned_restore VALUES (?)');
    plan.run('p1');
    expect(() => plan.run('p1')).toThrow('UNIQUE');
    expect(() => plan.run('nobody')).toThrow('FOREIGN');
    database.exec("DELETE FROM photo WHERE id = 'p1'");
    expect(database.prepare('SELECT count(*) FROM planned_restore').pluck().get()).toBe(0);
  });

  it('lists and counts 10,000 photos without sorting and without reading results one by one', () => {
    const database = databaseAt(3);
    const list = planOf(database, 'SELECT * FROM listed_photo WHERE removed_at IS NULL ORDER BY sequence');
    expect(list).not.toMatch(/TEMP B-TREE|SCAN result/);
    expect(list.match(/SEARCH result USING (COVERING )?INDEX result_by_photo/g)).toHaveLength(3);
    expect(planOf(database, 'SELECT count(*) FROM photo WHERE removed_at IS NULL')).toMatch(
      /USING (COVERING )?INDEX photo_in_project/,
    );
  });
});

describe('0004 mosaics', () => {
  it('keeps the faces there are, as faces that can be seen', () => {
    const database = databaseAt(3);
    insertPhoto(database, 'p1');
    database.exec(
      "INSERT INTO face (id, photo_id, box, landmarks, score, detector_id) VALUES ('f1', 'p1', '{}', '[]', 0.9, 'd')",
    );
    const before = database.prepare('SELECT * FROM face').all() as object[];
    migrate(database, 4);
    expect(database.prepare('SELECT * FROM face').all()).toEqual(
      before.map((row) => ({ ...row, mosaic: null })),
    );
    expect(() => database.exec("UPDATE face SET mosaic = 'no json'")).toThrow('CHECK');
    database.exec("UPDATE face SET mosaic = '{}'");
  });
});

describe('0005 versions', () => {
  it('keeps waiting jobs, gives each the same rank, and finds the next one through an index', () => {
    const database = databaseAt(4);
    insertPhoto(database, 'p1');
    database.exec(`INSERT INTO job (id, kind, photo_id, state, attempts, interruptions, fraction, input, created_at)
      VALUES ('j1', 'restore-photo', 'p1', 'queued', 0, 0, 0, '{}', 'now')`);
    migrate(database, 5);
    expect(database.prepare('SELECT id, queue_rank FROM job').raw().all()).toEqual([['j1', 0]]);
    expect(
      planOf(
        database,
        "SELECT * FROM job WHERE state = 'queued' ORDER BY queue_rank, kind <> 'find-faces', sequence LIMIT 1",
      ),
    ).toBe('SEARCH job USING INDEX job_by_state (state=?)');
  });

  it('a version goes with its photo and has a name', () => {
    const database = databaseAt(5);
    insertPhoto(database, 'p1');
    const insert = database.prepare(
      "INSERT INTO history_version (id, photo_id, name, steps, state_key, made_at) VALUES (?, ?, ?, '[]', '', 'now')",
    );
    insert.run('v1', 'p1', 'Soft');
    expect(() => insert.run('v2', 'p1', '')).toThrow('CHECK');
    expect(() => insert.run('v3', 'nobody', 'Soft')).toThrow('FOREIGN');
    database.exec("DELETE FROM photo WHERE id = 'p1'");
    expect(database.prepare('SELECT count(*) FROM history_version').pluck().get()).toBe(0);
  });
});

describe('0006 clips', () => {
  it('keeps every job with its rank, and finds the next one through an index', () => {
    const database = databaseAt(5);
    insertPhoto(database, 'p1');
    database.exec(`
      INSERT INTO job (id, kind, photo_id, state, attempts, interruptions, fraction, input, created_at, queue_rank)
      VALUES ('j1', 'restore-photo', 'p1', 'queued', 2, 1, 0.5, '{"a":1}', 'now', -3),
             ('j2', 'export-photo', 'p1', 'failed', 1, 0, 0.2, '{}', 'then', 0)`);
    const before = database.prepare('SELECT * FROM job ORDER BY sequence').all() as object[];
    migrate(database, 6);
    const after = database.prepare('SELECT * FROM job ORDER BY sequence').all();
    expect(after).toEqual(before.map((row) => ({ ...row, clip_id: null })));
    expect(
      planOf(
        database,
        `SELECT * FROM job WHERE state = 'queued'
         ORDER BY queue_rank, kind NOT IN ('find-faces', 'follow-clip-faces'), sequence LIMIT 1`,
      ),
    ).toBe('SEARCH job USING INDEX job_by_state (state=?)');
  });

  it('a job is about a photo or a clip, and goes with it; a clip lies in one place', () => {
    const database = databaseAt(6);
    insertPhoto(database, 'p1');
    const clip = database.prepare(`
      INSERT INTO clip (id, file_name, outside_path, original_file, byte_size, changed_ms, digest, facts,
        sequence_rate, added_at) VALUES (?, 'a.mp4', ?, ?, 1, 1, '${'d'.repeat(64)}', '{}', 25, 'now')`);
    clip.run('c1', '/films/a.mp4', null);
    expect(() => clip.run('c2', null, null)).toThrow('CHECK');
    expect(() => clip.run('c3', '/films/a.mp4', 'originals/a.mp4')).toThrow('CHECK');
    const job = database.prepare(`INSERT INTO job (id, kind, photo_id, clip_id, state, input, created_at)
      VALUES (?, 'restore-clip', ?, ?, 'queued', '{}', 'now')`);
    job.run('j1', null, 'c1');
    expect(() => job.run('j2', null, null)).toThrow('CHECK');
    expect(() => job.run('j3', 'p1', 'c1')).toThrow('CHECK');
    expect(() => job.run('j4', null, 'nobody')).toThrow('FOREIGN');
    database.exec("DELETE FROM clip WHERE id = 'c1'");
    expect(database.prepare('SELECT count(*) FROM job').pluck().get()).toBe(0);
  });
});

describe('0007 judgements', () => {
  it('keeps the faces there are, as faces nobody has judged', () => {
    const database = databaseAt(6);
    insertPhoto(database, 'p1');
    database.exec(
      "INSERT INTO face (id, photo_id, box, landmarks, score, detector_id) VALUES ('f1', 'p1', '{}', '[]', 0.9, 'd')",
    );
    const before = database.prepare('SELECT * FROM face').all() as object[];
    migrate(database, 7);
    expect(database.prepare('SELECT * FROM face').all()).toEqual(
      before.map((row) => ({ ...row, judgement: null })),
    );
    expect(() => database.exec("UPDATE face SET judgement = 'no json'")).toThrow('CHECK');
  });
});
