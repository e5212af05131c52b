// The sharp part of a large picture: only the tiles in sight, over the picture at screen size.
import type { ReactNode } from 'react';
import styles from './Viewer.module.css';
import type { Size, View } from './view-transform.ts';
import type { ViewerPicture } from './viewer-picture.ts';
import { visibleTiles } from './visible-tiles.ts';

interface Props {
  readonly picture: ViewerPicture;
  readonly photo: Size;
  readonly view: View;
  readonly pane: Size;
  readonly imageRendering: 'pixelated' | 'auto';
}

export function TileLayer({ picture, photo, view, pane, imageRendering }: Props): ReactNode {
  return visibleTiles(picture, photo, view, pane, devicePixelRatio).map((tile) => {
    const { left, top, width, height } = tile;
    const address = picture.tileAddressOf(tile);
    return (
      <img
        key={address}
        className={styles['tile']}
        src={address}
        alt=""
        decoding="async"
        draggable={false}
        style={{ left, top, width, height, imageRendering }}
        data-tile-level={tile.level}
      />
    );
  });
}
