// What the window itself remembers: which page, which photo, which dialog, how the picture is shown.
// Everything about photos lives in main.
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { PhotoId } from '#shared/domain/ids.ts';

export type StudioPage = 'photos' | 'models';
export type StudioDialog = 'settings' | 'shortcuts' | 'export' | null;
export type ShownPicture = 'original' | 'split' | 'restored';

export interface StudioState {
  readonly page: StudioPage;
  readonly setPage: (page: StudioPage) => void;
  readonly selectedPhotoId: PhotoId | null;
  readonly selectPhoto: (photoId: PhotoId | null) => void;
  readonly dialog: StudioDialog;
  readonly openDialog: (dialog: StudioDialog) => void;
  readonly shown: ShownPicture;
  readonly show: (shown: ShownPicture) => void;
  /** null: shown until there is a result to look at. */
  readonly faceMarks: boolean | null;
  readonly setFaceMarks: (visible: boolean) => void;
}

const StudioStateContext = createContext<StudioState | null>(null);

export function StudioStateProvider({ children }: { children: ReactNode }): ReactNode {
  const [page, setPage] = useState<StudioPage>('photos');
  const [selectedPhotoId, selectPhoto] = useState<PhotoId | null>(null);
  const [dialog, openDialog] = useState<StudioDialog>(null);
  const [shown, show] = useState<ShownPicture>('split');
  const [faceMarks, setFaceMarks] = useState<boolean | null>(null);
  const state = useMemo<StudioState>(
    () => ({
      page,
      setPage,
      selectedPhotoId,
      selectPhoto,
      dialog,
      openDialog,
      shown,
      show,
      faceMarks,
      setFaceMarks,
    }),
    [page, selectedPhotoId, dialog, shown, faceMarks],
  );
  return <StudioStateContext value={state}>{children}</StudioStateContext>;
}

export function useStudioState(): StudioState {
  const state = useContext(StudioStateContext);
  if (state === null) throw new Error('StudioStateProvider is missing');
  return state;
}
