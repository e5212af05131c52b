// A button that is only an icon: always with a name, and the same name as a tooltip.
import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';

type Props = Omit<ActionIconProps, 'children'> &
  Omit<ComponentProps<'button'>, keyof ActionIconProps | 'children'> & {
    readonly label: string;
    /** Keys that do the same, shown in the tooltip. */
    readonly keys?: string;
    readonly children: ReactNode;
  };

export function IconAction({ label, keys, children, ...rest }: Props): ReactNode {
  return (
    <Tooltip label={keys === undefined ? label : `${label} (${keys})`}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} {...rest}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
