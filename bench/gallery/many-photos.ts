// A project of thousands of photos without importing each: one imported photo's row, written again and again, every one
// with a file of its own that is a link to one of a few scans. What the gallery reads is what an import would have left.
import { createHash, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';

/** The project must be closed. `scans`: JPEG files on the same disk. Every second photo has been looked at for faces. */
export function multiplyPhoto(documentPath: string, scans: readonly string[], count: number): void {
  const database = new Database(documentPath);
  try {
    const template = database.prepare('SELECT * FROM photo LIMIT 1').get() as Record<string, unknown>;
    const columns = Object.keys(template).filter((name) => name !== 'sequence');
    const insert = database.prepare(
      `INSERT INTO photo (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
    );
    const folder = dirname(String(template['original_file']));
    mkdirSync(join(dirname(documentPath), folder, 'many'), { recursive: true });
    const writeAll = database.transaction(() => {
      for (let index = 1; index < count; index += 1) {
        const scan = scans[index % scans.length] as string;
        const file = `${folder}/many/${index}.jpg`;
        linkSync(scan, join(dirname(documentPath), file));
        insert.run({
          ...template,
          id: randomUUID(),
          original_sha256: createHash('sha256').update(`photo ${index}`).digest('hex'),
          original_file: file,
          file_name: `Scan ${String(index).padStart(5, '0')}.jpg`,
          byte_size: statSync(scan).size,
          faces_found_at: index % 2 === 0 ? template['imported_at'] : null,
        });
      }
    });
    writeAll();
  } finally {
    database.close();
  }
}
