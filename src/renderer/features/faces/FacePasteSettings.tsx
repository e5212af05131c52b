// How one face is laid back: by which restorer, which part of it, how wide and soft, enlarged and coloured how.
import { Anchor, Select, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edit } from '#shared/domain/edit.ts';
import { faceMaskSchema, plainPaste } from '#shared/domain/face-paste.ts';
import { modelIdSchema } from '#shared/domain/ids.ts';
import { useModels } from '../../bridge/use-answers.ts';
import { LabelledSlider } from '../../components/LabelledSlider.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import { installedModels } from '../models/model-lookup.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import styles from './Faces.module.css';
import type { FaceState } from './face-states.ts';

interface Props {
  readonly state: FaceState;
  /** Of the photo: what a face without a restorer of its own is restored with. */
  readonly photoRestorerName: string;
  readonly isFixed: boolean;
  readonly onEdit: (edit: Edit) => void;
}

const asPhoto = 'as-photo';
const none = 'none';

export function FacePasteSettings({ state, photoRestorerName, isFixed, onEdit }: Props): ReactNode {
  const { t } = useTranslation('faces');
  const formats = useFormats();
  const { setPage } = useStudioState();
  const { data: models } = useModels();
  const { face, number, edited } = state;
  const faceId = face.id;
  const paste = edited.paste ?? plainPaste;
  const hasParser = installedModels(models, 'face-parsing').length > 0;
  const options = (purpose: 'face-restoration' | 'upscaling') =>
    installedModels(models, purpose).map(({ entry }) => ({ value: entry.id, label: entry.name }));
  const { expandPx, featherPx } = paste;
  return (
    <>
      <Select
        label={t('paste.model')}
        disabled={isFixed}
        allowDeselect={false}
        value={edited.restorerId ?? asPhoto}
        data={[
          { value: asPhoto, label: t('paste.photoModel', { name: photoRestorerName }) },
          ...options('face-restoration'),
        ]}
        onChange={(value) => {
          if (value === null) return;
          const modelId = value === asPhoto ? null : modelIdSchema.parse(value);
          onEdit({ kind: 'face.set-model', faceId, modelId });
        }}
      />
      <Select
        label={t('paste.mask')}
        disabled={isFixed || !hasParser}
        allowDeselect={false}
        value={paste.mask}
        data={faceMaskSchema.options.map((mask) => ({ value: mask, label: t(`paste.masks.${mask}`) }))}
        onChange={(value) => {
          const mask = faceMaskSchema.safeParse(value);
          if (mask.success) onEdit({ kind: 'face.set-mask', faceId, mask: mask.data });
        }}
      />
      {!hasParser && (
        <div className={styles['hint']}>
          <p>{t('paste.noParser')}</p>
          <Anchor
            component="button"
            type="button"
            size="sm"
            underline="always"
            onClick={() => setPage('models')}
          >
            {t('paste.getParser')}
          </Anchor>
        </div>
      )}
      <LabelledSlider
        label={t('paste.expand')}
        accessibleLabel={t('paste.expandOf', { number })}
        value={expandPx}
        min={-40}
        max={40}
        step={4}
        lowLabel={t('paste.expandLow')}
        highLabel={t('paste.expandHigh')}
        format={formats.whole}
        disabled={isFixed}
        onCommit={(value) => onEdit({ kind: 'face.set-edge', faceId, expandPx: value, featherPx })}
      />
      <LabelledSlider
        label={t('paste.feather')}
        accessibleLabel={t('paste.featherOf', { number })}
        value={featherPx}
        min={0}
        max={40}
        step={4}
        lowLabel={t('paste.featherLow')}
        highLabel={t('paste.featherHigh')}
        format={formats.whole}
        disabled={isFixed}
        onCommit={(value) => onEdit({ kind: 'face.set-edge', faceId, expandPx, featherPx: value })}
      />
      <Select
        label={t('paste.upscaler')}
        disabled={isFixed}
        allowDeselect={false}
        value={paste.upscalerId ?? none}
        data={[{ value: none, label: t('paste.noUpscaler') }, ...options('upscaling')]}
        onChange={(value) => {
          if (value === null) return;
          const upscalerId = value === none ? null : modelIdSchema.parse(value);
          onEdit({ kind: 'face.set-upscaler', faceId, upscalerId });
        }}
      />
      <Switch
        label={t('paste.matchColour')}
        description={t('paste.matchColourHint')}
        disabled={isFixed}
        checked={paste.matchesColour}
        onChange={(event) =>
          onEdit({ kind: 'face.set-colour-match', faceId, matchesColour: event.currentTarget.checked })
        }
      />
    </>
  );
}
