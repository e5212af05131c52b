// An image that never flashes: the picture before stays until the new one has been decoded. One that did not come (the
// engine may just be starting again) is asked for again, a few times.
import { type CSSProperties, type ReactNode, useEffect, useState } from 'react';
import styles from './Viewer.module.css';

interface Props {
  readonly address: string;
  readonly alt: string;
  readonly style?: CSSProperties;
  readonly onShown?: (address: string) => void;
  readonly onUnavailable?: () => void;
}

/** After these an address is asked for again. */
const retryAfterMs = [1500, 5000, 20_000] as const;

export function SteadyPicture({ address, alt, style, onShown, onUnavailable }: Props): ReactNode {
  const [shown, setShown] = useState<string | null>(null);
  /** How often each address failed, and how often it was asked for again since. */
  const [failures, setFailures] = useState<Readonly<Record<string, number>>>({});
  const [retries, setRetries] = useState<Readonly<Record<string, number>>>({});
  const failed = failures[address] ?? 0;
  useEffect(() => {
    const delay = retryAfterMs[failed - 1];
    if (delay === undefined) return;
    const timer = setTimeout(() => setRetries((before) => ({ ...before, [address]: failed })), delay);
    return () => clearTimeout(timer);
  }, [address, failed]);
  const addresses = shown === null || shown === address ? [address] : [shown, address];
  const reveal = async (image: HTMLImageElement, loaded: string): Promise<void> => {
    // decode() rejects when the element was removed meanwhile; then there is nothing to show.
    await image.decode().catch(() => undefined);
    if (!image.isConnected) return;
    setShown(loaded);
    onShown?.(loaded);
  };
  return (
    <div className={styles['picture']} style={style}>
      {addresses.map((each) => (
        <img
          key={`${each} ${retries[each] ?? 0}`}
          src={each}
          alt={each === address ? alt : ''}
          draggable={false}
          data-shown={each === shown || undefined}
          onLoad={(event) => void reveal(event.currentTarget, each)}
          onError={() => {
            setFailures((before) => ({ ...before, [each]: (before[each] ?? 0) + 1 }));
            onUnavailable?.();
          }}
        />
      ))}
    </div>
  );
}
