// A slider with its name above and the meaning of both ends below. It follows the thumb by itself and
// commits once, on release: one drag is one edit.
import { Slider, Text } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import styles from './LabelledSlider.module.css';

interface Props {
  readonly label: string;
  /** Name for screen readers when the visible label alone is ambiguous. */
  readonly accessibleLabel?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly format: (value: number) => string;
  readonly disabled?: boolean;
  readonly onCommit: (value: number) => void;
  /** Let go where it was. */
  readonly onUnchanged?: () => void;
  /** Each value on the way, before it is committed. */
  readonly onDraft?: (value: number) => void;
  /** Somebody is about to move it: pointer over it, or the focus on it. */
  readonly onIntent?: () => void;
}

export function LabelledSlider(props: Props): ReactNode {
  const { label, value, onCommit, format } = props;
  const [draft, setDraft] = useState<number | null>(null);
  const labelId = useId();
  const shown = draft ?? value;
  const intend = (): void => {
    if (props.disabled !== true) props.onIntent?.();
  };
  return (
    <div className={styles['slider']} data-disabled={props.disabled || undefined}>
      <div className={styles['heading']}>
        <Text size="sm" id={labelId}>
          {label}
        </Text>
        <Text size="sm" c="dimmed" className={styles['value']} aria-hidden>
          {format(shown)}
        </Text>
      </div>
      <Slider
        size="sm"
        thumbSize={18}
        min={props.min}
        max={props.max}
        step={props.step}
        value={shown}
        label={null}
        onPointerEnter={intend}
        onFocus={intend}
        disabled={props.disabled ?? false}
        thumbLabel={props.accessibleLabel ?? label}
        thumbValueText={format}
        onChange={(next) => {
          setDraft(next);
          if (next !== shown) props.onDraft?.(next);
        }}
        onChangeEnd={(end) => {
          setDraft(null);
          if (end !== value) onCommit(end);
          else props.onUnchanged?.();
        }}
      />
      <div className={styles['ends']} aria-hidden>
        <span>{props.lowLabel}</span>
        <span>{props.highLabel}</span>
      </div>
    </div>
  );
}
