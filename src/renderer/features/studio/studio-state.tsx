// What the window itself remembers: which page, which photo, which dialog, how the picture is shown.
// Everything about photos lives in main.
import {
  createContext,
  type Dispatch,
  type ReactNode,
  type SetStateAction,
  useCallback,
  useContext,
  useMemo,
  useState,
} from 'react';
import type { ClipId, PhotoId } from '#shared/domain/ids.ts';
import {
  defaultGalleryView,
  type GalleryView,
  type PhotoZoom,
  type Turn,
} from '#shared/domain/project-view.ts';
import { emptySelection, type Selection } from '../gallery/selection.ts';

export type StudioPage = 'gallery' | 'photos' | 'films' | 'models';
export type StudioDialog = 'settings' | 'shortcuts' | 'export' | 'export-selection' | 'palette' | null;
export type ShownPicture = 'original' | 'split' | 'side-by-side' | 'restored' | 'difference';
export type ShownFilm = 'original' | 'split' | 'beside' | 'restored';

export interface StudioState {
  readonly page: StudioPage;
  readonly setPage: (page: StudioPage) => void;
  readonly selectedPhotoId: PhotoId | null;
  readonly selectPhoto: (photoId: PhotoId | null) => void;
  readonly selectedClipId: ClipId | null;
  readonly selectClip: (clipId: ClipId | null) => void;
  /** Of the photo on the page; null: fitted to the window. */
  readonly zoom: PhotoZoom | null;
  readonly setZoom: (zoom: PhotoZoom | null) => void;
  /** Photos of the gallery that something is done to together. */
  readonly selection: Selection;
  readonly setSelection: Dispatch<SetStateAction<Selection>>;
  readonly gallery: GalleryView;
  readonly setGallery: Dispatch<SetStateAction<GalleryView>>;
  readonly dialog: StudioDialog;
  readonly openDialog: (dialog: StudioDialog) => void;
  /** Somebody asked to be shown around. */
  readonly isTourWanted: boolean;
  readonly wantTour: (wanted: boolean) => void;
  readonly shown: ShownPicture;
  readonly show: (shown: ShownPicture) => void;
  readonly shownFilm: ShownFilm;
  readonly showFilm: (shown: ShownFilm) => void;
  /** null: shown until there is a result to look at. */
  readonly faceMarks: boolean | null;
  readonly setFaceMarks: (visible: boolean) => void;
  /** Photos that are looked at turned. */
  readonly turns: Readonly<Record<PhotoId, Turn>>;
  readonly setTurns: Dispatch<SetStateAction<Readonly<Record<PhotoId, Turn>>>>;
  readonly hasPixelGrid: boolean;
  readonly setPixelGrid: Dispatch<SetStateAction<boolean>>;
}

const StudioStateContext = createContext<StudioState | null>(null);

export function StudioStateProvider({ children }: { children: ReactNode }): ReactNode {
  const [page, setPage] = useState<StudioPage>('photos');
  const [selectedPhotoId, setSelectedPhotoId] = useState<PhotoId | null>(null);
  const [selectedClipId, selectClip] = useState<ClipId | null>(null);
  const [zoom, setZoom] = useState<PhotoZoom | null>(null);
  const [selection, setSelection] = useState<Selection>(emptySelection);
  const [gallery, setGallery] = useState<GalleryView>(defaultGalleryView);
  const [dialog, openDialog] = useState<StudioDialog>(null);
  const [isTourWanted, wantTour] = useState(false);
  const [shown, show] = useState<ShownPicture>('split');
  const [shownFilm, showFilm] = useState<ShownFilm>('split');
  const [faceMarks, setFaceMarks] = useState<boolean | null>(null);
  const [turns, setTurns] = useState<Readonly<Record<PhotoId, Turn>>>({});
  const [hasPixelGrid, setPixelGrid] = useState(true);
  const selectPhoto = useCallback((photoId: PhotoId | null) => {
    setSelectedPhotoId(photoId);
    // A zoom belongs to the photo it was made on.
    setZoom(null);
  }, []);
  const state = useMemo<StudioState>(
    () => ({
      page,
      setPage,
      selectedPhotoId,
      selectPhoto,
      selectedClipId,
      selectClip,
      zoom,
      setZoom,
      selection,
      setSelection,
      gallery,
      setGallery,
      dialog,
      openDialog,
      isTourWanted,
      wantTour,
      shown,
      show,
      shownFilm,
      showFilm,
      faceMarks,
      setFaceMarks,
      turns,
      setTurns,
      hasPixelGrid,
      setPixelGrid,
    }),
    [
      page,
      selectedPhotoId,
      selectPhoto,
      selectedClipId,
      zoom,
      selection,
      gallery,
      dialog,
      isTourWanted,
      shown,
      shownFilm,
      faceMarks,
      turns,
      hasPixelGrid,
    ],
  );
  return <StudioStateContext value={state}>{children}</StudioStateContext>;
}

export function useStudioState(): StudioState {
  const state = useContext(StudioStateContext);
  if (state === null) throw new Error('StudioStateProvider is missing');
  return state;
}
