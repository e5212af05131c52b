import { describe, expect, it } from 'vitest';
import {
  changeEncoding,
  codecsFor,
  containersFor,
  hasHardware,
  type WorkingEncoder,
} from '../../../../src/renderer/features/video/panel/choose-encoding.ts';

const working: WorkingEncoder[] = [
  { codec: 'h264', encoder: 'software' },
  { codec: 'h264', encoder: 'hardware' },
  { codec: 'h265', encoder: 'software' },
  { codec: 'gif', encoder: 'software' },
];
const usual = { container: 'mp4', codec: 'h264', quality: 'good', encoder: 'software' } as const;

describe('ways of writing a film', () => {
  it('offers only what works here', () => {
    expect(containersFor(working)).toEqual(['mp4', 'mov', 'mkv', 'gif']);
    expect(codecsFor('mov', working)).toEqual(['h264', 'h265']);
    expect(hasHardware('h264', working)).toBe(true);
    expect(hasHardware('h265', working)).toBe(false);
  });

  it('keeps the codec where the other container holds it', () => {
    expect(changeEncoding({ ...usual, codec: 'h265' }, { container: 'mkv' }, working)).toEqual({
      ...usual,
      container: 'mkv',
      codec: 'h265',
    });
  });

  it('takes what fits where it does not', () => {
    expect(changeEncoding({ ...usual, codec: 'h265' }, { container: 'gif' }, working).codec).toBe('gif');
    expect(
      changeEncoding({ ...usual, container: 'gif', codec: 'gif' }, { container: 'mp4' }, working).codec,
    ).toBe('h264');
  });

  it('leaves the graphics card where it cannot write the codec', () => {
    const onCard = changeEncoding(usual, { encoder: 'hardware' }, working);
    expect(onCard.encoder).toBe('hardware');
    expect(changeEncoding(onCard, { codec: 'h265' }, working)).toEqual({ ...usual, codec: 'h265' });
  });
});
