// The panel's part about the whole picture: size, background, colour, interlaced lines, high dynamic range.
import { SegmentedControl, Select, Switch, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { monochromeModeSchema } from '#shared/domain/edit.ts';
import { modelIdSchema } from '#shared/domain/ids.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useModels } from '../../../bridge/use-answers.ts';
import { LabelledSlider } from '../../../components/LabelledSlider.tsx';
import { PanelSection } from '../../../components/PanelSection.tsx';
import { useFormats } from '../../../formatting/use-formats.ts';
import { installedModels } from '../../models/model-lookup.ts';
import restore from '../../restore/Restore.module.css';
import { useClipEdits } from '../use-clip-edits.ts';
import { useEditedClip } from '../use-clips.ts';

const scales = [0.5, 1, 2, 4] as const;
const plain = 'plain';

export function PictureOptions({ clip, isReadOnly }: { clip: Clip; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation(['video', 'studio']);
  const formats = useFormats();
  const { data: models } = useModels();
  const { upscalerId, options } = useEditedClip(clip.id);
  const { apply } = useClipEdits(clip.id);
  const scaleId = useId();
  const { video } = clip.facts;
  const upscalers = installedModels(models, 'upscaling');
  const offered = [...new Set([...scales, options.scale])].toSorted((a, b) => a - b);
  return (
    <PanelSection title={t('studio:picture.title')}>
      <div className={restore['field']}>
        <Text size="sm" id={scaleId}>
          {t('studio:picture.scale')}
        </Text>
        <SegmentedControl
          fullWidth
          aria-labelledby={scaleId}
          disabled={isReadOnly}
          value={String(options.scale)}
          onChange={(value) => apply({ kind: 'clip.set-scale', scale: Number(value) })}
          data={offered.map((scale) => ({
            value: String(scale),
            label: scale === 0.5 ? t('options.half') : t('studio:picture.scaleOption', { scale }),
          }))}
        />
        <Text size="xs" c="dimmed">
          {t('studio:picture.outputSize', {
            width: formats.whole(Math.round(video.widthPx * options.scale)),
            height: formats.whole(Math.round(video.heightPx * options.scale)),
          })}
        </Text>
      </div>
      <Select
        label={t('studio:picture.background')}
        description={upscalers.length === 0 ? t('studio:picture.moreUpscalers') : undefined}
        inputWrapperOrder={['label', 'input', 'description']}
        disabled={isReadOnly}
        value={upscalerId ?? plain}
        data={[
          { value: plain, label: t('options.plainBackground') },
          ...upscalers.map(({ entry }) => ({ value: entry.id, label: entry.name })),
        ]}
        onChange={(value) => {
          if (value === null) return;
          apply({
            kind: 'clip.set-background',
            upscalerId: value === plain ? null : modelIdSchema.parse(value),
            strength: options.backgroundStrength,
          });
        }}
      />
      {upscalerId !== null && (
        <LabelledSlider
          label={t('studio:picture.backgroundStrength')}
          value={options.backgroundStrength}
          min={0}
          max={1}
          step={0.05}
          lowLabel={t('studio:picture.strengthLow')}
          highLabel={t('studio:picture.strengthHigh')}
          format={formats.percent}
          disabled={isReadOnly}
          onCommit={(strength) => apply({ kind: 'clip.set-background', upscalerId, strength })}
        />
      )}
      <Select
        label={t('studio:picture.monochrome')}
        disabled={isReadOnly}
        value={options.monochrome}
        data={monochromeModeSchema.options.map((mode) => ({
          value: mode,
          label: t(`studio:picture.monochromeModes.${mode}`),
        }))}
        onChange={(value) => {
          const mode = monochromeModeSchema.safeParse(value);
          if (mode.success) apply({ kind: 'clip.set-monochrome', mode: mode.data });
        }}
      />
      {((video.interlacing !== 'progressive' && clip.facts.kind === 'video') || options.deinterlace) && (
        <Switch
          label={t('options.deinterlace')}
          description={
            video.interlacing === 'unknown' ? t('options.deinterlaceUnknown') : t('options.deinterlaceHint')
          }
          checked={options.deinterlace}
          disabled={isReadOnly}
          onChange={(event) =>
            apply({ kind: 'clip.set-deinterlace', deinterlace: event.currentTarget.checked })
          }
        />
      )}
      {video.hdr !== 'none' && (
        <Select
          label={t('options.hdr')}
          description={t('options.hdrHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          disabled={isReadOnly}
          value={options.hdr}
          data={(['keep', 'tone-map'] as const).map((hdr) => ({
            value: hdr,
            label: t(`options.hdrModes.${hdr}`),
          }))}
          onChange={(value) => {
            if (value === 'keep' || value === 'tone-map') apply({ kind: 'clip.set-hdr', hdr: value });
          }}
        />
      )}
    </PanelSection>
  );
}
