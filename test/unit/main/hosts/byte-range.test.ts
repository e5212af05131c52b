import { describe, expect, it } from 'vitest';
import { entityTagOf, rangeOf } from '../../../../src/main/hosts/byte-range.ts';

const tag = entityTagOf({ size: 1000, mtimeMs: 5 });
const asked = (range: string | undefined, ifRange?: string) =>
  rangeOf(ifRange === undefined ? { range } : { range, 'if-range': ifRange }, 1000, tag);

describe('byte ranges', () => {
  it('without a range, or with one that is none, the whole is meant', () => {
    expect(asked(undefined)).toBeNull();
    for (const range of ['bytes=', 'bytes=-', 'lines=0-5', 'bytes=5-2', 'bytes=0-1,4-5', 'bytes=a-b'])
      expect(asked(range), range).toBeNull();
  });

  it('both ends are included and cut to the file', () => {
    expect(asked('bytes=0-0')).toEqual({ first: 0, last: 0 });
    expect(asked('bytes=200-')).toEqual({ first: 200, last: 999 });
    expect(asked('bytes=990-5000')).toEqual({ first: 990, last: 999 });
    expect(asked('bytes=-10')).toEqual({ first: 990, last: 999 });
    expect(asked('bytes=-5000')).toEqual({ first: 0, last: 999 });
  });

  it('behind the end there is nothing', () => {
    expect(asked('bytes=1000-')).toBe('unsatisfiable');
    expect(asked('bytes=-0')).toBe('unsatisfiable');
    expect(rangeOf({ range: 'bytes=0-' }, 0, tag)).toBe('unsatisfiable');
  });

  it('a part of a file that changed is the whole new one', () => {
    expect(asked('bytes=5-9', tag)).toEqual({ first: 5, last: 9 });
    expect(asked('bytes=5-9', entityTagOf({ size: 1000, mtimeMs: 6 }))).toBeNull();
  });
});
