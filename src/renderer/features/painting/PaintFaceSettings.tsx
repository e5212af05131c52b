// One face by hand: its mask painted, what is missing filled, its colour. Says which model is needed where none is there.
import { Anchor, Button } from '@mantine/core';
import { IconBrush } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edit } from '#shared/domain/edit.ts';
import { paintedLayerSchema } from '#shared/domain/face-painting.ts';
import type { ModelPurpose } from '#shared/domain/model.ts';
import { useModels } from '../../bridge/use-answers.ts';
import { LabelledSlider } from '../../components/LabelledSlider.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import type { FaceState } from '../faces/face-states.ts';
import { installedModels } from '../models/model-lookup.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import styles from './Painting.module.css';
import { usePaintTool } from './paint-tool.tsx';

interface Props {
  readonly state: FaceState;
  readonly isFixed: boolean;
  readonly hasResult: boolean;
  readonly onEdit: (edit: Edit) => void;
}

export function PaintFaceSettings({ state, isFixed, hasResult, onEdit }: Props): ReactNode {
  const { t } = useTranslation('faces');
  const formats = useFormats();
  const { data: models } = useModels();
  const { show } = useStudioState();
  const { choose } = usePaintTool();
  const { face, number, edited } = state;
  const has = (purpose: ModelPurpose): boolean => installedModels(models, purpose).length > 0;
  return (
    <>
      {paintedLayerSchema.options.map((layer) => {
        const count = edited.painting?.[layer]?.length ?? 0;
        const isPossible = layer === 'mask' || has('inpainting');
        return (
          <div key={layer} className={styles['layerChoice']}>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconBrush size={16} aria-hidden />}
              disabled={isFixed || !isPossible}
              onClick={() => {
                // What is missing is seen in the photo, what is laid back in the result.
                show(layer === 'mask' && hasResult ? 'restored' : 'original');
                choose({ kind: 'paint-face', faceId: face.id, layer });
              }}
            >
              {t(`paint.layers.${layer}.open`)}
            </Button>
            <p>
              {count > 0
                ? t(`paint.layers.${layer}.painted`, { count })
                : t(`paint.layers.${layer}.explained`)}
            </p>
            {!isPossible && <MissingModel purpose="inpainting" />}
          </div>
        );
      })}
      {has('colourisation') && (
        <LabelledSlider
          label={t('paint.colouring')}
          accessibleLabel={t('paint.colouringOf', { number })}
          value={edited.colouring ?? 0}
          min={0}
          max={1}
          step={0.05}
          lowLabel={t('paint.colouringLow')}
          highLabel={t('paint.colouringHigh')}
          format={formats.percent}
          disabled={isFixed}
          onCommit={(strength) => onEdit({ kind: 'face.set-colouring', faceId: face.id, strength })}
        />
      )}
      {!has('colourisation') && (
        <div className={styles['layerChoice']}>
          <MissingModel purpose="colourisation" />
        </div>
      )}
    </>
  );
}

function MissingModel({ purpose }: { purpose: 'inpainting' | 'colourisation' }): ReactNode {
  const { t } = useTranslation('faces');
  const { setPage } = useStudioState();
  return (
    <p>
      {t(`paint.needs.${purpose}`)}{' '}
      <Anchor component="button" type="button" size="sm" underline="always" onClick={() => setPage('models')}>
        {t('paint.getModel')}
      </Anchor>
    </p>
  );
}
