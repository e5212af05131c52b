// One titled group of the panel on the right.
import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './PanelSection.module.css';

interface Props {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function PanelSection({ title, aside, children }: Props): ReactNode {
  const headingId = useId();
  return (
    <section className={styles['section']} aria-labelledby={headingId}>
      <div className={styles['heading']}>
        <h2 id={headingId} className={styles['title']}>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
