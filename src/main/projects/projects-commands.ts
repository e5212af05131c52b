// project.*: from the contract to the service. Main process.
import type { SomeHandlers } from '../dispatch.ts';
import type { ProjectServices, ProjectsService } from './projects-service.ts';
import type { RecentProjects } from './recent-projects.ts';

export function projectsCommands<S extends ProjectServices>(
  projects: ProjectsService<S>,
  recent: RecentProjects,
): SomeHandlers {
  return {
    'project.create': ({ documentPath }) => projects.create(documentPath),
    'project.open': ({ documentPath }) => projects.open(documentPath),
    'project.current': () => projects.describe(),
    'project.close': async () => {
      await projects.close();
      return null;
    },
    'project.list-recent': () => recent.list(),
    'project.save-copy': async ({ documentPath }) => {
      const copyPath = await projects.saveCopy(documentPath);
      await recent.note(copyPath);
      return { documentPath: copyPath };
    },
    'project.compact': async () => ({ freedBytes: await projects.compact() }),
    'project.read-view': () => projects.readView(),
    'project.save-view': (view) => projects.saveView(view),
  };
}
