// Brings a project back to where it was left: page, photo, zoom, selection, gallery. Keeps it there as it changes.
import { useEffect, useEffectEvent, useState } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import { defaultGalleryView, type ProjectView } from '#shared/domain/project-view.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useProject } from '../../bridge/use-answers.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { emptySelection } from '../gallery/selection.ts';
import { useStudioState } from '../studio/studio-state.tsx';

/** A wheel or a drag changes the view sixty times a second; the last one counts. */
const saveAfterMs = 200;
/** More would be a rule ("all"), not a choice worth keeping. */
const keptSelection = 10_000;

/** False for the moment between opening a project and knowing where it was left: no page should be shown then. */
export function useProjectView(): boolean {
  const client = useStudioClient();
  const { data: project } = useProject();
  const state = useStudioState();
  const [loadedFor, setLoadedFor] = useState<ProjectId | null>(null);
  const projectId = project?.id ?? null;

  const reset = useEffectEvent(() => {
    state.selectPhoto(null);
    state.selectClip(null);
    state.setZoom(null);
    state.setSelection(emptySelection);
    state.setGallery(defaultGalleryView);
    state.setTurns({});
    state.setPixelGrid(true);
    state.setPage('photos');
  });
  const show = useEffectEvent((view: ProjectView | null) => {
    if (view === null) {
      if ((project?.photoCount ?? 0) > 1) state.setPage('gallery');
      return;
    }
    state.setPage(view.page);
    state.selectPhoto(view.photoId);
    state.selectClip(view.clipId ?? null);
    state.show(view.shown);
    state.setZoom(view.zoom);
    state.setSelection({ ...emptySelection, ids: new Set(view.selection) });
    state.setGallery(view.gallery);
    state.setTurns(view.turns ?? {});
    state.setPixelGrid(view.hasPixelGrid ?? true);
  });
  useEffect(() => {
    reset();
    if (projectId === null) return;
    let isGone = false;
    const read = async (): Promise<void> => {
      const view = await client.invoke('project.read-view', {});
      if (isGone) return;
      show(view);
      setLoadedFor(projectId);
    };
    read().catch((error: unknown) => {
      if (isGone) return;
      reportFailure(error);
      setLoadedFor(projectId);
    });
    return () => {
      isGone = true;
      setLoadedFor(null);
    };
  }, [client, projectId]);

  const { page, selectedPhotoId, selectedClipId, shown, zoom, selection, gallery, turns, hasPixelGrid } =
    state;
  const mayKeep = projectId !== null && loadedFor === projectId && project?.isReadOnly === false;
  useEffect(() => {
    if (!mayKeep) return;
    const timer = setTimeout(() => {
      const view: ProjectView = {
        page,
        photoId: selectedPhotoId,
        clipId: selectedClipId,
        shown,
        zoom,
        selection: [...selection.ids].slice(0, keptSelection),
        gallery,
        turns,
        hasPixelGrid,
      };
      // The project may be closing just now: what is lost is where the picture stood, never work.
      client.invoke('project.save-view', view).catch(() => undefined);
    }, saveAfterMs);
    return () => clearTimeout(timer);
  }, [
    client,
    mayKeep,
    page,
    selectedPhotoId,
    selectedClipId,
    shown,
    zoom,
    selection,
    gallery,
    turns,
    hasPixelGrid,
  ]);
  return projectId === null || loadedFor === projectId;
}
