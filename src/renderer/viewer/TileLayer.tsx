// The sharp part of a large picture: only the tiles in sight, over the picture at screen size.
import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react';
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
      <DrawnTile
        key={address}
        address={address}
        level={tile.level}
        style={{ left, top, width, height, imageRendering }}
      />
    );
  });
}

interface DrawnTileProps {
  readonly address: string;
  readonly level: number;
  readonly style: CSSProperties;
}

/**
 * A canvas, which gives its pixels back when it leaves. The browser keeps those of an image element for later: two
 * hundred megabytes of tiles after a walk over a large scan (bench/renderer-memory.ts).
 */
function DrawnTile({ address, level, style }: DrawnTileProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement | null>(null);
  useEffect(() => {
    const place = canvas.current;
    const leaving = new AbortController();
    void bitmapAt(address, leaving.signal).then((bitmap) => {
      if (bitmap === null) return;
      if (!leaving.signal.aborted && place !== null) draw(place, bitmap);
      else bitmap.close();
    });
    return () => {
      leaving.abort();
      if (place !== null) place.width = 0;
    };
  }, [address]);
  return (
    <canvas
      ref={canvas}
      className={styles['tile']}
      style={style}
      data-tile-level={level}
      data-address={address}
      aria-hidden
    />
  );
}

function draw(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  // Takes the pixels over instead of copying them.
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  canvas.dataset['drawn'] = '';
}

/**
 * null for a tile that could not be had, or left before it came: the picture at screen size below it stays visible.
 * Not by an image element: its decoded pixels would be kept as well.
 */
async function bitmapAt(address: string, signal: AbortSignal): Promise<ImageBitmap | null> {
  try {
    const answer = await fetch(address, { signal });
    return answer.ok ? await createImageBitmap(await answer.blob()) : null;
  } catch {
    return null;
  }
}
