// The projects opened lately, newest first, in recent-projects.json of the data folder. Main process.
// A convenience: a list that cannot be read or written never stops a project from opening.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { RecentProject } from '#shared/domain/project.ts';
import { readJsonFile, writeJsonFile } from '../file-system/json-file.ts';
import { projectNameOf } from './project-folder.ts';

const longestList = 20;
const savedSchema = z.array(z.object({ documentPath: z.string().min(1), openedAt: z.iso.datetime() }));

export interface RecentProjects {
  list(): RecentProject[];
  note(documentPath: string): Promise<void>;
}

export function createRecentProjects(dataFolder: string, now: () => Date): RecentProjects {
  const listPath = path.join(dataFolder, 'recent-projects.json');

  function read(): z.infer<typeof savedSchema> {
    const reading = readJsonFile(listPath, savedSchema);
    return reading.kind === 'read' ? reading.value : [];
  }

  return {
    list: () =>
      read().map(({ documentPath, openedAt }) => ({
        name: projectNameOf(documentPath),
        documentPath,
        openedAt,
        exists: existsSync(documentPath),
      })),
    async note(documentPath) {
      const others = read().filter((entry) => entry.documentPath !== documentPath);
      const entries = [{ documentPath, openedAt: now().toISOString() }, ...others].slice(0, longestList);
      await writeJsonFile(listPath, entries).catch((error: unknown) => {
        console.error('The list of recent projects was not written', error);
      });
    },
  };
}
