// Typed letters against lines of words: what fits, and what fits better.
import { describe, expect, it } from 'vitest';
import { matchWords } from '../../../../src/renderer/features/palette/match-words.ts';

const ranked = (typed: string, ...lines: string[]): string[] =>
  lines
    .map((line) => ({ line, score: matchWords(typed, line) }))
    .filter((each): each is { line: string; score: number } => each.score !== null)
    .toSorted((a, b) => b.score - a.score)
    .map(({ line }) => line);

describe('matching words', () => {
  it('wants the letters in their order, whatever case, accents and spaces', () => {
    expect(matchWords('rst', 'Restore')).not.toBeNull();
    expect(matchWords('tsr', 'Restore')).toBeNull();
    expect(matchWords('CAFE', 'Café 1962')).not.toBeNull();
    expect(matchWords('open ph', 'Open photos')).not.toBeNull();
    expect(matchWords('修复', '修复照片')).not.toBeNull();
    expect(matchWords('', 'anything')).toBe(0);
    expect(matchWords('a', '')).toBeNull();
  });

  it('likes letters in a row and at the beginnings of words', () => {
    expect(ranked('set', 'Reset', 'Show every tile', 'Settings')).toEqual([
      'Settings',
      'Reset',
      'Show every tile',
    ]);
    expect(ranked('op', 'Stop', 'Open photos')).toEqual(['Open photos', 'Stop']);
    expect(ranked('np', 'Compare in panes', 'New project')[0]).toBe('New project');
    expect(ranked('export', 'Export the selection', 'Export')[0]).toBe('Export');
  });

  it('is quick with long lines and many equal letters', () => {
    expect(matchWords('a'.repeat(40), 'a'.repeat(400))).not.toBeNull();
  });
});
