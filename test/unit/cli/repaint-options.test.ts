import { describe, expect, it } from 'vitest';
import { WrongUse } from '../../../src/cli/read-options.ts';
import { readRepaintOptions } from '../../../src/cli/repaint-command.ts';
import { cli as english } from '../../../src/shared/messages/en/cli.ts';

describe('readRepaintOptions', () => {
  it("takes the official scripts' command lines", () => {
    expect(
      readRepaintOptions('colourise', ['-i', 'faces', '-o', 'out', '--has_aligned'], english),
    ).toMatchObject({
      inputs: ['faces'],
      output: 'out',
      isAligned: true,
      treatment: { kind: 'colourise', keepLuma: true, strength: 1 },
    });
    expect(readRepaintOptions('inpaint', ['--input_path', 'faces'], english)).toMatchObject({
      inputs: ['faces'],
      output: 'filled',
      treatment: { kind: 'inpaint', maskPath: null },
    });
  });

  it('a mask belongs to one photo, and each command has options of its own', () => {
    expect(readRepaintOptions('inpaint', ['a.png', '-m', 'mask.png'], english).treatment).toEqual({
      kind: 'inpaint',
      maskPath: 'mask.png',
    });
    for (const args of [['a.png', 'b.png', '--mask', 'm.png'], ['a.png', '--strength', '0.5'], []])
      expect(() => readRepaintOptions('inpaint', args, english)).toThrow(WrongUse);
    expect(() => readRepaintOptions('colourise', ['a.png', '--mask', 'm.png'], english)).toThrow(WrongUse);
    expect(() => readRepaintOptions('colourise', ['a.png', '--strength', '2'], english)).toThrow(WrongUse);
  });
});
