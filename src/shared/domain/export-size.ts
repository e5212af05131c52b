// How large an export comes out, and how densely it prints. Pure; the engine writes it, the window says it beforehand.
import type { ExportSettings } from './export.ts';

export interface ExportedSize {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels per inch; null: the file says nothing about its print. */
  readonly densityPpi: number | null;
  /** More was asked for than the result has. */
  readonly isLimited: boolean;
}

export const usualPrintDensityPpi = 300;
const cmPerInch = 2.54;

/** `result`: its pixels, and the density that keeps the original's print size. */
export function exportedSize(
  result: { readonly widthPx: number; readonly heightPx: number; readonly densityPpi: number | null },
  { size, densityPpi }: Pick<ExportSettings, 'size' | 'densityPpi'>,
): ExportedSize {
  const longestPx = Math.max(result.widthPx, result.heightPx);
  if (size === undefined || size.kind === 'as-it-is') {
    const { widthPx, heightPx } = result;
    return { widthPx, heightPx, densityPpi: densityPpi ?? result.densityPpi, isLimited: false };
  }
  const inches = size.kind === 'print' ? size.longestSideCm / cmPerInch : null;
  const wantedPx =
    size.kind === 'print'
      ? Math.max(1, Math.round((inches ?? 0) * (densityPpi ?? usualPrintDensityPpi)))
      : size.px;
  const factor = Math.min(1, wantedPx / longestPx);
  const [widthPx, heightPx] = [result.widthPx, result.heightPx].map((side) =>
    Math.max(1, Math.round(side * factor)),
  ) as [number, number];
  const kept = result.densityPpi === null ? null : result.densityPpi * factor;
  return {
    widthPx,
    heightPx,
    // The print is as large as asked for, whatever pixels there are for it.
    densityPpi: inches === null ? (densityPpi ?? kept) : Math.max(widthPx, heightPx) / inches,
    isLimited: wantedPx > longestPx,
  };
}
