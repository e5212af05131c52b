// The faces a slider is about, in place on the picture: a canvas each, turned and scaled onto the face.
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import type { EditedFace } from '#shared/domain/fold-edits.ts';
import type { Photo } from '#shared/domain/photo.ts';
import type { View } from '../../viewer/view-transform.ts';
import { useEditedPhoto } from '../edits/use-edited-photo.ts';
import { drawFaceFrame, frameSidePx } from './face-frames.ts';
import { faceOnStage } from './face-on-stage.ts';
import styles from './LiveFaces.module.css';
import { useLiveFaces } from './LiveFacesProvider.tsx';
import { useFaceFrames } from './use-face-keyframes.ts';

export function LiveFacesOnStage({ photo, view }: { photo: Photo; view: View }): ReactNode {
  const live = useLiveFaces();
  const prepared = useSyncExternalStore(live.subscribe, live.prepared);
  const { faces } = useEditedPhoto(photo);
  return faces
    .filter((edited) => prepared.includes(edited.face.id) && isShownWhole(edited))
    .map((edited) => <LiveFace key={edited.face.id} photo={photo} edited={edited} view={view} />);
}

/** What was painted or coloured is made by other models: the exact picture shows it, a live face would hide it. */
function isShownWhole({ painting, colouring }: EditedFace): boolean {
  return painting === undefined && colouring === undefined;
}

function LiveFace({ photo, edited, view }: { photo: Photo; edited: EditedFace; view: View }): ReactNode {
  const { face, strength } = edited;
  const canvas = useRef<HTMLCanvasElement | null>(null);
  useLiveDrawing(photo, edited, canvas);
  const transform = faceOnStage(face.landmarksInPhoto, view);
  if (transform === null) return null;
  return (
    <canvas
      ref={canvas}
      className={styles['onStage']}
      width={frameSidePx}
      height={frameSidePx}
      style={{ transform, opacity: strength }}
      data-testid="live-face"
      aria-hidden
    />
  );
}

/** Redraws the canvas as the slider moves; hidden (attribute `data-live` off) while there is nothing to show. */
export function useLiveDrawing(
  photo: Photo,
  { face }: EditedFace,
  canvas: { readonly current: HTMLCanvasElement | null },
): void {
  const live = useLiveFaces();
  const frames = useFaceFrames(photo, face.id);
  useEffect(() => {
    const draw = (): void => {
      const fidelity = live.fidelityOf(face.id);
      canvas.current?.toggleAttribute('data-live', fidelity !== null && frames !== null);
      if (fidelity !== null && frames !== null && canvas.current !== null)
        drawFaceFrame(canvas.current, frames, fidelity);
    };
    draw();
    return live.subscribe(draw);
  }, [live, face.id, frames, canvas]);
}
