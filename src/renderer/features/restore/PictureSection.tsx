// The panel's part about the whole picture: size, background, colour.
import { SegmentedControl, Select, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { MonochromeMode } from '#shared/domain/edit.ts';
import { monochromeModeSchema } from '#shared/domain/edit.ts';
import { modelIdSchema } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { type PrintSize, scaleForPrint } from '#shared/domain/print-size.ts';
import { useModels } from '../../bridge/use-answers.ts';
import { LabelledSlider } from '../../components/LabelledSlider.tsx';
import { PanelSection } from '../../components/PanelSection.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import { useEditedPhoto } from '../edits/use-edited-photo.ts';
import { useEdits } from '../edits/use-edits.ts';
import { installedModels } from '../models/model-lookup.ts';
import { PrintSizeFields } from './PrintSizeFields.tsx';
import styles from './Restore.module.css';

const scales = ['1', '2', '4'] as const;
const lanczos = 'lanczos';
const onPaper = 'paper';
/** A large print, as photo shops make it. */
const usualPrint: PrintSize = { longestSideCm: 15, pixelsPerInch: 300 };

export function PictureSection({ photo, isReadOnly }: { photo: Photo; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: models } = useModels();
  const edited = useEditedPhoto(photo);
  const { scale, background, monochrome, print } = edited;
  const { apply } = useEdits(photo.id);
  const scaleId = useId();

  const upscalers = installedModels(models, 'upscaling');

  return (
    <PanelSection title={t('picture.title')}>
      <div className={styles['field']}>
        <Text size="sm" id={scaleId}>
          {t('picture.scale')}
        </Text>
        <SegmentedControl
          fullWidth
          aria-labelledby={scaleId}
          disabled={isReadOnly}
          value={print === undefined ? String(scale) : onPaper}
          onChange={(value) =>
            apply(
              value === onPaper
                ? { kind: 'photo.set-print-size', print: usualPrint }
                : { kind: 'photo.set-scale', scale: Number(value) },
            )
          }
          data={[
            ...scales.map((each) => ({ value: each, label: t('picture.scaleOption', { scale: each }) })),
            { value: onPaper, label: t('picture.onPaper') },
          ]}
        />
        {print !== undefined && (
          <PrintSizeFields
            print={print}
            isReadOnly={isReadOnly}
            onChange={(next) => apply({ kind: 'photo.set-print-size', print: next })}
          />
        )}
        <Text size="xs" c="dimmed" role="status">
          {t('picture.outputSize', {
            width: formats.whole(Math.round(photo.widthPx * scale)),
            height: formats.whole(Math.round(photo.heightPx * scale)),
          })}
          {print !== undefined && ` · ${t('picture.enlarged', { value: formats.decimal(scale) })}`}
          {print !== undefined && scaleForPrint(photo, print).isLimited && ` ${t('picture.printLimited')}`}
        </Text>
      </div>
      <Select
        label={t('picture.background')}
        description={upscalers.length === 0 ? t('picture.moreUpscalers') : undefined}
        inputWrapperOrder={['label', 'input', 'description']}
        disabled={isReadOnly}
        value={background.upscalerId ?? lanczos}
        data={[
          { value: lanczos, label: t('picture.lanczos') },
          ...upscalers.map(({ entry }) => ({ value: entry.id, label: entry.name })),
        ]}
        onChange={(value) => {
          if (value === null) return;
          const upscalerId = value === lanczos ? null : modelIdSchema.parse(value);
          apply({ kind: 'photo.set-background', background: { ...background, upscalerId } });
        }}
      />
      {background.upscalerId !== null && (
        <LabelledSlider
          label={t('picture.backgroundStrength')}
          value={background.strength}
          min={0}
          max={1}
          step={0.05}
          lowLabel={t('picture.strengthLow')}
          highLabel={t('picture.strengthHigh')}
          format={formats.percent}
          disabled={isReadOnly}
          onCommit={(strength) =>
            apply({ kind: 'photo.set-background', background: { ...background, strength } })
          }
        />
      )}
      <LabelledSlider
        label={t('picture.grain')}
        value={edited.grain ?? 0}
        min={0}
        max={1}
        step={0.05}
        lowLabel={t('picture.grainLow')}
        highLabel={t('picture.grainHigh')}
        format={formats.percent}
        disabled={isReadOnly}
        onCommit={(strength) => apply({ kind: 'photo.set-grain', strength })}
      />
      <Select
        label={t('picture.monochrome')}
        disabled={isReadOnly}
        value={monochrome}
        data={monochromeModeSchema.options.map((mode: MonochromeMode) => ({
          value: mode,
          label: t(`picture.monochromeModes.${mode}`),
        }))}
        onChange={(value) => {
          const mode = monochromeModeSchema.safeParse(value);
          if (mode.success) apply({ kind: 'photo.set-monochrome', mode: mode.data });
        }}
      />
    </PanelSection>
  );
}
