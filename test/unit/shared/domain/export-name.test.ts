import { describe, expect, it } from 'vitest';
import { exportName, type NamedExport } from '../../../../src/shared/domain/export-name.ts';

const facts: NamedExport = {
  name: 'aunt',
  number: 7,
  count: 120,
  takenAt: '1954-07-21T10:00:00',
  model: 'lite-face',
  scale: 2,
  page: null,
};
const name = (pattern: string, change: Partial<NamedExport> = {}) =>
  exportName(pattern, { ...facts, ...change });

describe('names from a pattern', () => {
  it('fill in what is known', () => {
    expect(name('{name} {number} {date} {model} {scale}')).toBe('aunt 007 1954-07-21 lite-face 2x');
    expect(name('{name}-p{page}', { page: 3 })).toBe('aunt-p3');
    expect(name('{name}-{nonsense}')).toBe('aunt-{nonsense}');
  });

  it('leave no trace of what is missing', () => {
    expect(name('{date} {name} {page} restored', { takenAt: null })).toBe('aunt restored');
    expect(name('{name}-{page}')).toBe('aunt');
  });

  it('are fit for every file system', () => {
    expect(name('{name}', { name: 'a/b\\c:d*e?f"g<h>i|j\u0000k' })).toBe('a-b-c-d-e-f-g-h-i-j-k');
    expect(name('../{name}. ')).toBe('aunt');
    expect(name('CON')).toBe('CON_');
    expect(name('{page}')).toBe('photo-007');
    expect(new TextEncoder().encode(name('{name}', { name: '祖母'.repeat(200) })).length).toBeLessThanOrEqual(
      180,
    );
  });
});
