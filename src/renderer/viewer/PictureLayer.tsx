// One picture on a pane: laid where the view says, turned, as sharp as the zoom asks for.
import type { CSSProperties, ReactNode } from 'react';
import type { Turn } from '#shared/domain/project-view.ts';
import { SteadyPicture } from './SteadyPicture.tsx';
import { TileLayer } from './TileLayer.tsx';
import { boardOf } from './turn.ts';
import styles from './Viewer.module.css';
import type { Size, View } from './view-transform.ts';
import { chooseVariant, needsTiles, type ViewerPicture } from './viewer-picture.ts';

interface Props {
  readonly picture: ViewerPicture;
  readonly alt: string;
  /** Of the photo: pictures of another size are laid over the same place. */
  readonly photo: Size;
  readonly view: View;
  readonly pane: Size;
  readonly turn: Turn;
  /** Of the layer as a whole, which covers the pane. */
  readonly style?: CSSProperties;
  readonly onShown?: (address: string) => void;
  readonly onUnavailable?: () => void;
}

/** Device pixels per pixel of the picture from which on single pixels are shown as squares. */
const squaresFrom = 4;

export function PictureLayer(props: Props): ReactNode {
  const { picture, photo, view } = props;
  const shownWidth = photo.width * view.scale;
  const devicePixelsPerPixel = (shownWidth * devicePixelRatio) / picture.widthPx;
  const sidePx = Math.max(picture.widthPx, picture.heightPx);
  const imageRendering = devicePixelsPerPixel >= squaresFrom ? 'pixelated' : 'auto';
  return (
    <div className={styles['layer']} style={props.style}>
      <Board pane={props.pane} photo={photo} view={view} turn={props.turn}>
        {(onBoard, boardSize) => (
          <>
            <SteadyPicture
              address={picture.addressOf(chooseVariant(sidePx, devicePixelsPerPixel))}
              alt={props.alt}
              style={{
                width: shownWidth,
                height: photo.height * view.scale,
                transform: `translate(${onBoard.x}px, ${onBoard.y}px)`,
                imageRendering,
              }}
              {...(props.onShown === undefined ? {} : { onShown: props.onShown })}
              {...(props.onUnavailable === undefined ? {} : { onUnavailable: props.onUnavailable })}
            />
            {needsTiles(sidePx, devicePixelsPerPixel) && (
              <TileLayer
                picture={picture}
                photo={photo}
                view={onBoard}
                pane={boardSize}
                imageRendering={imageRendering}
              />
            )}
          </>
        )}
      </Board>
    </div>
  );
}

interface BoardProps {
  readonly pane: Size;
  readonly photo: Size;
  readonly view: View;
  readonly turn: Turn;
  /** Given where the upright photo lies on the upright board. */
  readonly children: (view: View, boardSize: Size) => ReactNode;
}

/** Covers the pane, turned: what lies on it needs to know nothing of the turn. */
export function Board({ pane, photo, view, turn, children }: BoardProps): ReactNode {
  const board = boardOf(view, pane, photo, turn);
  return (
    <div
      className={styles['board']}
      style={{ width: board.size.width, height: board.size.height, transform: board.transform }}
    >
      {children(board.view, board.size)}
    </div>
  );
}
