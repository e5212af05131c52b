import { describe, expect, it } from 'vitest';
import { exportedSize } from '../../../../src/shared/domain/export-size.ts';

const result = { widthPx: 3000, heightPx: 2000, densityPpi: 600 };

describe('size of an export', () => {
  it('as it is keeps pixels and print size, or prints at what was asked for', () => {
    expect(exportedSize(result, {})).toEqual({ ...result, isLimited: false });
    expect(exportedSize(result, { densityPpi: 300 })).toMatchObject({ widthPx: 3000, densityPpi: 300 });
  });

  it('longest side: fewer pixels, the same print; never more pixels', () => {
    expect(exportedSize(result, { size: { kind: 'longest-side', px: 1500 } })).toEqual({
      widthPx: 1500,
      heightPx: 1000,
      densityPpi: 300,
      isLimited: false,
    });
    expect(exportedSize(result, { size: { kind: 'longest-side', px: 6000 } })).toEqual({
      ...result,
      isLimited: true,
    });
    const unknown = { ...result, densityPpi: null };
    expect(exportedSize(unknown, { size: { kind: 'longest-side', px: 1500 } }).densityPpi).toBeNull();
  });

  it('print: as large as asked for, at 300 or at what was asked for, less dense when pixels are missing', () => {
    const print = (longestSideCm: number, densityPpi?: number) =>
      exportedSize(result, {
        size: { kind: 'print', longestSideCm },
        ...(densityPpi === undefined ? {} : { densityPpi }),
      });
    expect(print(25.4)).toEqual({ widthPx: 3000, heightPx: 2000, densityPpi: 300, isLimited: false });
    expect(print(12.7)).toMatchObject({ widthPx: 1500, heightPx: 1000, densityPpi: 300 });
    expect(print(25.4, 100)).toMatchObject({ widthPx: 1000, densityPpi: 100 });
    expect(print(50.8)).toEqual({ widthPx: 3000, heightPx: 2000, densityPpi: 150, isLimited: true });
  });
});
