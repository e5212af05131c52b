import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  clipFrameAddress,
  liveFrameAddress,
  originalFilmAddress,
  parseFilmAddress,
  previewFilmAddress,
  resultFilmAddress,
  trackPortraitAddress,
} from '../../../../src/shared/contract/films.ts';
import { clipIdSchema, clipPreviewIdSchema } from '../../../../src/shared/domain/ids.ts';

const id = clipIdSchema.parse(randomUUID());
const previewId = clipPreviewIdSchema.parse(randomUUID());
const parse = (address: string) => parseFilmAddress(new URL(address, 'http://studio').pathname);

describe('addresses of films', () => {
  it('say the request they were made from', () => {
    expect(parse(originalFilmAddress(id))).toEqual({ kind: 'original', id });
    expect(parse(resultFilmAddress(id, 'abc'))).toEqual({ kind: 'result', id });
    expect(parse(liveFrameAddress(id, 7))).toEqual({ kind: 'live', id });
    expect(parse(previewFilmAddress(previewId, 'after'))).toEqual({
      kind: 'preview',
      id: previewId,
      side: 'after',
    });
    expect(parse(clipFrameAddress(id, 1.2345))).toEqual({ kind: 'frame', id, atMs: 1235, trackId: null });
    expect(parse(trackPortraitAddress(id, 2, -1))).toEqual({ kind: 'frame', id, atMs: 0, trackId: 2 });
  });

  it('anything else is none', () => {
    for (const address of [
      '/films',
      '/films/original',
      '/films/original/nobody',
      `/films/original/${id}/more`,
      `/films/preview/${previewId}`,
      `/films/preview/${previewId}/both`,
      `/films/frame/${id}/soon`,
      `/films/frame/${id}/100/0`,
      `/films/frame/${id}/100/1/2`,
      `/pictures/original/${id}`,
      `/films/original/${id}%2f..`,
    ])
      expect(parse(address), address).toBeNull();
  });
});
