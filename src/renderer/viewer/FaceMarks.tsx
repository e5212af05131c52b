// Numbered boxes over the faces. Pointer only and hidden from screen readers: the list of faces in the panel
// says and does the same by keyboard.
import type { ReactNode } from 'react';
import type { Box } from '#shared/domain/geometry.ts';
import type { FaceId } from '#shared/domain/ids.ts';
import type { StagePlace } from './turn.ts';
import styles from './Viewer.module.css';
import type { Size } from './view-transform.ts';

export interface FaceMark {
  readonly faceId: FaceId;
  readonly number: number;
  readonly boxInPhoto: Box;
  readonly isEnabled: boolean;
}

interface Props {
  readonly marks: readonly FaceMark[];
  readonly stage: Size;
  readonly place: StagePlace;
  readonly onChoose: (faceId: FaceId) => void;
  /** A double click: the face fills the stage. */
  readonly onFrame: (faceId: FaceId) => void;
}

export function FaceMarks({ marks, stage, place, onChoose, onFrame }: Props): ReactNode {
  return (
    <svg
      className={styles['marks']}
      width={stage.width}
      height={stage.height}
      aria-hidden="true"
      focusable="false"
    >
      {marks.map(({ faceId, number, boxInPhoto, isEnabled }) => {
        const { x, y, width, height } = place.boxOnStage(boxInPhoto);
        const labelWidth = number > 9 ? 28 : 22;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the list of faces in the panel does the same by keyboard
          <g
            key={faceId}
            className={styles['mark']}
            data-enabled={isEnabled || undefined}
            onClick={() => onChoose(faceId)}
            onDoubleClick={(event) => {
              event.stopPropagation();
              onFrame(faceId);
            }}
          >
            <rect className={styles['markShade']} x={x} y={y} width={width} height={height} rx={6} />
            <rect className={styles['markBox']} x={x} y={y} width={width} height={height} rx={6} />
            <rect
              className={styles['markLabel']}
              x={x}
              y={Math.max(0, y - 24)}
              width={labelWidth}
              height={20}
              rx={6}
            />
            <text
              className={styles['markNumber']}
              x={x + labelWidth / 2}
              y={Math.max(0, y - 24) + 14.5}
              textAnchor="middle"
            >
              {number}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
