// What a person paints or colours on one face: which part of it is laid back, what is missing and filled, its colour.
import { z } from 'zod';
import type { BrushStroke } from './brush.ts';

/** `mask`: the restored face is laid back here and nowhere else; `holes`: torn or scratched away, filled by a model. */
export const paintedLayerSchema = z.enum(['mask', 'holes']);
export type PaintedLayer = z.infer<typeof paintedLayerSchema>;

/** Strokes in photo pixels, in their order; a layer without strokes is absent. */
export type FacePainting = Readonly<Partial<Record<PaintedLayer, readonly BrushStroke[]>>>;

export function withStroke(
  painting: FacePainting | undefined,
  layer: PaintedLayer,
  stroke: BrushStroke,
): FacePainting {
  return { ...painting, [layer]: [...(painting?.[layer] ?? []), stroke] };
}

/** Undefined when nothing is left. */
export function withoutLayer(
  painting: FacePainting | undefined,
  layer: PaintedLayer,
): FacePainting | undefined {
  const { [layer]: _dropped, ...others } = painting ?? {};
  return Object.keys(others).length === 0 ? undefined : others;
}
