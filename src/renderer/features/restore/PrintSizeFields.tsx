// How large a picture is to come out on paper. A number counts when its field is left or Enter is pressed: typing it is
// not a step of the history for each digit.
import { Group, NumberInput, SegmentedControl } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PrintSize, printSizeSchema } from '#shared/domain/print-size.ts';

interface Props {
  readonly print: PrintSize;
  readonly isReadOnly: boolean;
  readonly onChange: (print: PrintSize) => void;
}

const cmPerInch = 2.54;

export function PrintSizeFields({ print, isReadOnly, onChange }: Props): ReactNode {
  const { t } = useTranslation();
  const [unit, setUnit] = useState<'cm' | 'inch'>('cm');
  const perUnit = unit === 'cm' ? 1 : cmPerInch;
  const change = (next: PrintSize): void => {
    const valid = printSizeSchema.safeParse(next);
    const isNew = next.longestSideCm !== print.longestSideCm || next.pixelsPerInch !== print.pixelsPerInch;
    if (valid.success && isNew) onChange(valid.data);
  };
  return (
    <>
      <Group align="end" gap="xs" wrap="nowrap">
        <CommittedNumber
          label={t('exporting.printSide')}
          value={Number((print.longestSideCm / perUnit).toFixed(2))}
          max={1000 / perUnit}
          decimals={2}
          isReadOnly={isReadOnly}
          onCommit={(length) =>
            change({ ...print, longestSideCm: Math.round(length * perUnit * 1000) / 1000 })
          }
        />
        <SegmentedControl
          aria-label={t('exporting.unit')}
          value={unit}
          data={(['cm', 'inch'] as const).map((value) => ({ value, label: t(`exporting.units.${value}`) }))}
          onChange={(value) => setUnit(value === 'inch' ? 'inch' : 'cm')}
        />
      </Group>
      <CommittedNumber
        label={t('exporting.density')}
        value={print.pixelsPerInch}
        max={10_000}
        decimals={0}
        isReadOnly={isReadOnly}
        onCommit={(pixelsPerInch) => change({ ...print, pixelsPerInch })}
      />
    </>
  );
}

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly decimals: number;
  readonly isReadOnly: boolean;
  readonly onCommit: (value: number) => void;
}

function CommittedNumber({ label, value, max, decimals, isReadOnly, onCommit }: NumberProps): ReactNode {
  const [draft, setDraft] = useState<string | number>(value);
  useEffect(() => setDraft(value), [value]);
  const commit = (): void => {
    const wanted = Number(draft);
    if (Number.isFinite(wanted) && wanted > 0 && wanted !== value) onCommit(wanted);
    else setDraft(value);
  };
  return (
    <NumberInput
      flex={1}
      label={label}
      min={0.1}
      max={max}
      decimalScale={decimals}
      hideControls
      disabled={isReadOnly}
      value={draft}
      onChange={setDraft}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
