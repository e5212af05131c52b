// Options of `heirloom restore`: defaults, values, and wrong use said in words.
import { describe, expect, it } from 'vitest';
import { WrongUse } from '../../../src/cli/read-options.ts';
import { readRestoreOptions } from '../../../src/cli/restore-options.ts';
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

  it("takes the official script's command lines as they are", () => {
    const options = read(
      ...'-w 0.5 --input_path scans -o out --bg_upsampler realesrgan --bg_tile 200 --face_upsample'.split(
        ' ',
      ),
      ...'--detection_model YOLOv5l --only_center_face --draw_box --suffix new --upscale 4 --has_aligned'.split(
        ' ',
      ),
    );
    expect(options).toMatchObject({
      inputs: ['scans'],
      output: 'out',
      fidelity: 0.5,
      scale: 4,
      detectorId: 'yolov5l-face-pth',
      upscalerId: 'realesrgan-x2plus-pth',
      enlargeFaces: true,
      suffix: '_new',
      extras: { backgroundTilePx: 200, pick: 'centre', drawFrames: true, isAligned: true },
    });
    expect(read('a', '--bg_upsampler', 'None', '--suffix=-x')).toMatchObject({
      upscalerId: null,
      suffix: '-x',
    });
  });

  it('a preset gives way to a named option', () => {
    expect(read('a', '--preset', 'ai-faces')).toMatchObject({ fidelity: 0.3 });
    expect(read('a', '--preset', 'ai-faces').extras.onlyBelowDetailPx).toBeGreaterThan(0);
    expect(read('a', '--preset', 'ai-faces', '-w', '0.9')).toMatchObject({ fidelity: 0.9 });
  });

  it('reads regions to de-mosaic', () => {
    expect(read('a').extras.demosaic).toBe('off');
    expect(read('a', '--demosaic').extras.demosaic).toBe('auto');
    expect(
      read('a', '--demosaic-region', '1,2,30,40', '--demosaic-region', '5,6,70,80').extras.demosaic,
    ).toEqual([
      { x: 1, y: 2, width: 30, height: 40 },
      { x: 5, y: 6, width: 70, height: 80 },
    ]);
    for (const wrong of ['1,2,3', '1,2,0,4', 'a,b,c,d', '1,2,3,4,5'])
      expect(() => read('a', '--demosaic-region', wrong)).toThrow(WrongUse);
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
