// The mark: a picture frame in an oval, as on a family wall.
import type { ReactNode } from 'react';

export function BrandMark({ size }: { size: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect x="2" y="2" width="28" height="28" rx="8" fill="#17695e" />
      <ellipse cx="16" cy="16" rx="8.6" ry="10.4" fill="none" stroke="#e9f6f3" strokeWidth="1.8" />
      <circle cx="16" cy="13.2" r="3.1" fill="#e9f6f3" />
      <path d="M10.3 22.2c.7-3.4 3-5 5.7-5s5 1.6 5.7 5a9 9 0 0 1-11.4 0z" fill="#e9f6f3" />
    </svg>
  );
}
