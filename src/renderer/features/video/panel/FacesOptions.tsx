// The panel's part about all faces of the film: which network, how faithful, how strong, how steady, how grainy.
import { Anchor, Select, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { modelIdSchema } from '#shared/domain/ids.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useModels } from '../../../bridge/use-answers.ts';
import { LabelledSlider } from '../../../components/LabelledSlider.tsx';
import { PanelSection } from '../../../components/PanelSection.tsx';
import { useFormats } from '../../../formatting/use-formats.ts';
import faces from '../../faces/Faces.module.css';
import { hasFidelity, installedModels, restorerOf } from '../../models/model-lookup.ts';
import { useStudioState } from '../../studio/studio-state.tsx';
import { useClipEdits } from '../use-clip-edits.ts';
import { useEditedClip } from '../use-clips.ts';

export function FacesOptions({ clip, isReadOnly }: { clip: Clip; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation(['video', 'studio']);
  const formats = useFormats();
  const { setPage } = useStudioState();
  const { data: models } = useModels();
  const { restorerId, options } = useEditedClip(clip.id);
  const { apply } = useClipEdits(clip.id);
  const installed = installedModels(models, 'face-restoration');
  const restorer = restorerOf(models, restorerId);
  return (
    <PanelSection title={t('studio:faces.title')}>
      <Select
        label={t('studio:faces.restorer')}
        data={installed.map(({ entry }) => ({ value: entry.id, label: entry.name }))}
        value={restorer?.entry.id ?? null}
        disabled={isReadOnly || installed.length === 0}
        onChange={(value) => {
          if (value !== null) apply({ kind: 'clip.set-restorer', modelId: modelIdSchema.parse(value) });
        }}
      />
      {restorer?.entry.isBundled === true && (
        <div className={faces['hint']}>
          <p>{t('studio:faces.liteHint')}</p>
          <Anchor
            component="button"
            type="button"
            size="sm"
            underline="always"
            onClick={() => setPage('models')}
          >
            {t('studio:faces.getBetter')}
          </Anchor>
        </div>
      )}
      {restorer !== null && !hasFidelity(restorer) ? (
        <Text size="sm" c="dimmed">
          {t('studio:faces.noFidelity', { name: restorer.entry.name })}
        </Text>
      ) : (
        <LabelledSlider
          label={t('studio:faces.fidelity')}
          value={options.fidelity}
          min={0}
          max={1}
          step={0.05}
          lowLabel={t('studio:faces.sharper')}
          highLabel={t('options.faithful')}
          format={formats.decimal}
          disabled={isReadOnly}
          onCommit={(fidelity) => apply({ kind: 'clip.set-fidelity', fidelity })}
        />
      )}
      <LabelledSlider
        label={t('studio:faces.strength')}
        value={options.strength}
        min={0}
        max={1}
        step={0.05}
        lowLabel={t('studio:faces.strengthLow')}
        highLabel={t('studio:faces.strengthHigh')}
        format={formats.percent}
        disabled={isReadOnly}
        onCommit={(strength) => apply({ kind: 'clip.set-strength', strength })}
      />
      <LabelledSlider
        label={t('options.steadiness')}
        value={options.steadiness}
        min={0}
        max={1}
        step={0.05}
        lowLabel={t('options.lively')}
        highLabel={t('options.still')}
        format={formats.percent}
        disabled={isReadOnly}
        onCommit={(steadiness) => apply({ kind: 'clip.set-steadiness', steadiness })}
      />
      <LabelledSlider
        label={t('studio:picture.grain')}
        value={options.grain ?? 0}
        min={0}
        max={1}
        step={0.05}
        lowLabel={t('studio:picture.grainLow')}
        highLabel={t('studio:picture.grainHigh')}
        format={formats.percent}
        disabled={isReadOnly}
        onCommit={(strength) => apply({ kind: 'clip.set-grain', strength })}
      />
    </PanelSection>
  );
}
