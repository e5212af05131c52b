// An image that never flashes: the picture before stays until the new one has been decoded.
import { type CSSProperties, type ReactNode, useState } from 'react';
import styles from './Viewer.module.css';

interface Props {
  readonly address: string;
  readonly alt: string;
  readonly style?: CSSProperties;
  readonly onShown?: (address: string) => void;
  readonly onUnavailable?: () => void;
}

export function SteadyPicture({ address, alt, style, onShown, onUnavailable }: Props): ReactNode {
  const [shown, setShown] = useState<string | null>(null);
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
          key={each}
          src={each}
          alt={each === address ? alt : ''}
          draggable={false}
          data-shown={each === shown || undefined}
          onLoad={(event) => void reveal(event.currentTarget, each)}
          onError={() => onUnavailable?.()}
        />
      ))}
    </div>
  );
}
