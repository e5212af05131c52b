// Options of `heirloom restore`: defaults, values, and wrong use said in words.
import { describe, expect, it } from 'vitest';
import { readRestoreOptions, WrongUse } from '../../../src/cli/restore-options.ts';
import { cli as english } from '../../../src/shared/messages/en/cli.ts';
import { cli as chinese } from '../../../src/shared/messages/zh-CN/cli.ts';

const read = (...args: string[]) => readRestoreOptions(args, english);

describe('readRestoreOptions', () => {
  it('has sensible defaults', () => {
    const options = read('old.jpg');
    expect(options).toMatchObject({
      output: 'restored',
      fidelity: 0.7,
      strength: 1,
      scale: null,
      format: 'same',
    });
    expect(options).toMatchObject({ recursive: false, overwrite: false, resume: false, json: false });
  });

  it('reads values, long and short', () => {
    const options = read(
      'a.jpg',
      'b',
      '-o',
      'out',
      '-r',
      '-w',
      '0.25',
      '--scale',
      '4',
      '--format',
      'tiff',
      '--json',
    );
    expect(options.inputs).toEqual(['a.jpg', 'b']);
    expect(options).toMatchObject({
      output: 'out',
      recursive: true,
      fidelity: 0.25,
      scale: 4,
      format: 'tiff',
    });
  });

  it.each([
    [['old.jpg', '--fidelity', '2'], /--fidelity must be a number from 0 to 1.3/],
    [['old.jpg', '--fidelity', ''], /--fidelity/],
    [['old.jpg', '--scale', 'big'], /--scale/],
    [['old.jpg', '--format', 'psd'], /one of: same, jpeg/],
    [['old.jpg', '--nonsense'], /nonsense/],
    [['old.jpg', '--device', 'abacus'], /cpu, webgpu/],
    [[], /at least one photo/],
  ])('refuses %j with a sentence', (args, sentence) => {
    expect(() => readRestoreOptions(args, english)).toThrow(WrongUse);
    expect(() => readRestoreOptions(args, english)).toThrow(sentence);
  });

  it('says it in Chinese too', () => {
    expect(() => readRestoreOptions(['x.jpg', '--scale', '9'], chinese)).toThrow(/必须是/);
  });
});
