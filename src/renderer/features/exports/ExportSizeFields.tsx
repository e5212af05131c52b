// How large exported pictures come out: as they are, by pixels, or by their size on paper; and what that means in pixels.
import { Group, NumberInput, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportSettings } from '#shared/domain/export.ts';
import { exportedSize } from '#shared/domain/export-size.ts';
import { useFormats } from '../../formatting/use-formats.ts';

export interface ResultSize {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly densityPpi: number | null;
}

interface Props {
  readonly settings: ExportSettings;
  readonly result: ResultSize | null;
  readonly onChange: (settings: ExportSettings) => void;
}

const kinds = ['as-it-is', 'longest-side', 'print'] as const;
const cmPerInch = 2.54;
const usualSidePx = 2048;
const usualSideCm = 15;

export function ExportSizeFields({ settings, result, onChange }: Props): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const [unit, setUnit] = useState<'cm' | 'inch'>('cm');
  const size = settings.size ?? { kind: 'as-it-is' as const };
  const perUnit = unit === 'cm' ? 1 : cmPerInch;
  const chooseKind = (kind: string | null): void => {
    if (kind === 'longest-side') onChange({ ...settings, size: { kind, px: usualSidePx } });
    else if (kind === 'print') onChange({ ...settings, size: { kind, longestSideCm: usualSideCm } });
    else onChange({ ...settings, size: { kind: 'as-it-is' } });
  };
  const setDensity = (value: string | number): void => {
    const { densityPpi: _before, ...others } = settings;
    onChange(typeof value === 'number' && value >= 1 ? { ...others, densityPpi: value } : others);
  };
  const foreseen =
    result === null || settings.layout === 'before-after' ? null : exportedSize(result, settings);
  return (
    <Stack gap="xs">
      <Select
        label={t('exporting.size')}
        allowDeselect={false}
        data={kinds.map((kind) => ({ value: kind, label: t(`exporting.sizes.${kind}`) }))}
        value={size.kind}
        onChange={chooseKind}
      />
      {size.kind === 'longest-side' && (
        <NumberInput
          label={t('exporting.longestSide')}
          min={16}
          max={65_500}
          step={100}
          allowDecimal={false}
          value={size.px}
          onChange={(px) => {
            if (typeof px === 'number' && px >= 16)
              onChange({ ...settings, size: { kind: 'longest-side', px } });
          }}
        />
      )}
      {size.kind === 'print' && (
        <Group align="end" gap="xs" wrap="nowrap">
          <NumberInput
            flex={1}
            label={t('exporting.printSide')}
            min={0.5}
            max={1000 / perUnit}
            step={1}
            decimalScale={2}
            value={Number((size.longestSideCm / perUnit).toFixed(2))}
            onChange={(length) => {
              const longestSideCm = Number(length) * perUnit;
              if (longestSideCm >= 0.5 && longestSideCm <= 1000)
                onChange({ ...settings, size: { kind: 'print', longestSideCm } });
            }}
          />
          <SegmentedControl
            aria-label={t('exporting.unit')}
            value={unit}
            data={(['cm', 'inch'] as const).map((value) => ({ value, label: t(`exporting.units.${value}`) }))}
            onChange={(value) => setUnit(value === 'inch' ? 'inch' : 'cm')}
          />
        </Group>
      )}
      <NumberInput
        label={t('exporting.density')}
        description={size.kind === 'print' ? undefined : t('exporting.densityHint')}
        placeholder={size.kind === 'print' ? '300' : ''}
        min={1}
        max={10_000}
        step={50}
        value={settings.densityPpi ?? ''}
        onChange={setDensity}
      />
      {foreseen !== null && (
        <Text size="sm" role="status">
          {t(foreseen.densityPpi === null ? 'exporting.comesOut' : 'exporting.comesOutPrinted', {
            width: formats.whole(foreseen.widthPx),
            height: formats.whole(foreseen.heightPx),
            density: formats.whole(foreseen.densityPpi ?? 0),
          })}
          {foreseen.isLimited && ` ${t('exporting.limited')}`}
        </Text>
      )}
    </Stack>
  );
}
