// Which tool lies over the picture: chosen anywhere in the panel, drawn by the page.
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { PaintedLayer } from '#shared/domain/face-painting.ts';
import type { FaceId } from '#shared/domain/ids.ts';

export type PaintTool =
  | { readonly kind: 'mark-face' }
  | { readonly kind: 'keep-original' }
  | { readonly kind: 'paint-face'; readonly faceId: FaceId; readonly layer: PaintedLayer };

interface Chosen {
  readonly tool: PaintTool | null;
  readonly choose: (tool: PaintTool | null) => void;
}

const PaintToolContext = createContext<Chosen | null>(null);

export function PaintToolProvider({ children }: { children: ReactNode }): ReactNode {
  const [tool, choose] = useState<PaintTool | null>(null);
  const chosen = useMemo(() => ({ tool, choose }), [tool]);
  return <PaintToolContext.Provider value={chosen}>{children}</PaintToolContext.Provider>;
}

export function usePaintTool(): Chosen {
  const chosen = useContext(PaintToolContext);
  if (chosen === null) throw new Error('PaintToolProvider is missing');
  return chosen;
}
