// How exported pictures are written: format, size, details of the original. One photo or many. Draws and decides nothing
// about where they go.
import { Radio, Select, Stack, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExportSettings, exportFormatSchema, metadataPolicySchema } from '#shared/domain/export.ts';
import { LabelledSlider } from '../../components/LabelledSlider.tsx';
import { ExportSizeFields, type ResultSize } from './ExportSizeFields.tsx';
import { canHold16Bit, isLossy } from './suggest-file-name.ts';

interface Props {
  readonly settings: ExportSettings;
  /** Of the one photo that is exported; null: unknown, or there are many. */
  readonly result: ResultSize | null;
  readonly onChange: (settings: ExportSettings) => void;
}

export function ExportFields({ settings, result, onChange }: Props): ReactNode {
  const { t } = useTranslation();
  const change = (part: Partial<ExportSettings>): void => onChange({ ...settings, ...part });
  return (
    <Stack gap="md">
      <Select
        label={t('exporting.format')}
        description={t(`exporting.formatHints.${settings.format}`)}
        inputWrapperOrder={['label', 'input', 'description']}
        data-autofocus
        data={exportFormatSchema.options.map((format) => ({
          value: format,
          label: t(`exporting.formats.${format}`),
        }))}
        value={settings.format}
        onChange={(value) => {
          const format = exportFormatSchema.safeParse(value);
          if (format.success) change({ format: format.data });
        }}
      />
      {isLossy(settings.format) && (
        <LabelledSlider
          label={t('exporting.quality')}
          value={settings.quality}
          min={50}
          max={100}
          step={1}
          lowLabel={t('exporting.qualityLow')}
          highLabel={t('exporting.qualityHigh')}
          format={String}
          onCommit={(quality) => change({ quality })}
        />
      )}
      {canHold16Bit(settings.format) && (
        <Select
          label={t('exporting.bitDepth')}
          data={(['same', '8', '16'] as const).map((bitDepth) => ({
            value: bitDepth,
            label: t(`exporting.bitDepths.${bitDepth}`),
          }))}
          value={settings.bitDepth}
          onChange={(value) => {
            if (value === 'same' || value === '8' || value === '16') change({ bitDepth: value });
          }}
        />
      )}
      <ExportSizeFields settings={settings} result={result} onChange={onChange} />
      <Radio.Group
        label={t('exporting.metadata')}
        value={settings.metadata}
        onChange={(value) => {
          const metadata = metadataPolicySchema.safeParse(value);
          if (metadata.success) change({ metadata: metadata.data });
        }}
      >
        <Stack gap={8} mt={6}>
          {metadataPolicySchema.options.map((policy) => (
            <Radio key={policy} value={policy} label={t(`exporting.metadataPolicies.${policy}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Switch
        label={t('exporting.record')}
        description={t('exporting.recordHint')}
        checked={settings.restorationRecord}
        onChange={(event) => change({ restorationRecord: event.currentTarget.checked })}
      />
      <Switch
        label={t('exporting.layout')}
        description={t('exporting.layoutHint')}
        checked={settings.layout === 'before-after'}
        onChange={(event) => change({ layout: event.currentTarget.checked ? 'before-after' : 'picture' })}
      />
    </Stack>
  );
}
