import { describe, expect, it } from 'vitest';
import { viewOfZoom, zoomOfView } from '../../../../src/renderer/viewer/view-transform.ts';

const stage = { width: 1200, height: 800 };

describe('a remembered zoom', () => {
  it('brings the same view back in a window of the same size', () => {
    const view = { scale: 2.5, x: -340, y: 17.5 };
    expect(viewOfZoom(zoomOfView(view, stage), stage)).toEqual(view);
  });

  it('keeps the same point of the photo in the middle of another window', () => {
    const zoom = zoomOfView({ scale: 2, x: -400, y: -600 }, stage);
    expect(zoom).toEqual({ scale: 2, centreX: 500, centreY: 500 });
    expect(viewOfZoom(zoom, { width: 600, height: 400 })).toEqual({ scale: 2, x: -700, y: -800 });
  });
});
