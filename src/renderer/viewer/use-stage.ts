// The stage: its size, its panes, the current view, and everything that moves it by wheel, pointer and pinch.
import {
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { layPanes, type Panes, pointInPane } from './panes.ts';
import {
  fitView,
  keepInside,
  panView,
  type RememberedZoom,
  type Size,
  type StagePoint,
  type View,
  viewOfZoom,
  zoomOfView,
  zoomView,
} from './view-transform.ts';

export interface Stage {
  readonly ref: RefObject<HTMLDivElement | null>;
  /** The whole stage. */
  readonly outerSize: Size;
  readonly panes: Panes;
  /** Of one pane. All panes show the same view: they are moved together. */
  readonly size: Size;
  readonly view: View;
  readonly isFitted: boolean;
  /** `anchor`: a point of the whole stage that stays where it is; the middle of a pane when not given. */
  zoom(factor: number, anchor?: StagePoint): void;
  /** CSS pixels per photo pixel. */
  zoomTo(scale: number, anchor?: StagePoint): void;
  pan(dx: number, dy: number): void;
  fit(): void;
  /** At a scale and a point of the (turned) photo; null: fitted. */
  look(zoom: RememberedZoom | null): void;
}

/** How a photo was looked at before, and who wants to know how it is looked at now. */
export interface StageMemory {
  readonly zoom: RememberedZoom | null;
  readonly setZoom: (zoom: RememberedZoom | null) => void;
}

interface StageOptions {
  readonly memory?: StageMemory;
  readonly paneCount: 1 | 2;
  /** CSS pixels per photo pixel. */
  readonly largestScale: number;
}

/** A view that has not moved for this long is remembered. */
const restMs = 150;

export function useStage(photo: Size, photoKey: string, options: StageOptions): Stage {
  const { memory, paneCount, largestScale } = options;
  const ref = useRef<HTMLDivElement | null>(null);
  const [outerSize, setOuterSize] = useState<Size>({ width: 0, height: 0 });
  const panes = layPanes(outerSize, paneCount);
  const { size } = panes;
  // Kept as the point in the middle, so that it stays there when window or panes change their size.
  const [free, setFree] = useState<{ key: string; zoom: RememberedZoom | null }>({
    key: photoKey,
    zoom: null,
  });
  const freeZoom = free.key === photoKey ? free.zoom : null;
  const hasSize = size.width > 0 && size.height > 0;
  const fitted = fitView(hasSize ? size : { width: 1, height: 1 }, photo);
  const view = freeZoom === null ? fitted : keepInside(viewOfZoom(freeZoom, size), size, photo);

  const look = (zoom: RememberedZoom | null): void => setFree({ key: photoKey, zoom });
  const recall = useEffectEvent(() => {
    if (memory !== undefined && memory.zoom !== null) look(memory.zoom);
  });
  useLayoutEffect(() => {
    if (hasSize) recall();
  }, [hasSize]);
  const tell = useEffectEvent(() => memory?.setZoom(freeZoom === null ? null : zoomOfView(view, size)));
  const isFirst = useRef(true);
  useEffect(() => {
    if (!hasSize) return;
    // Before anything was recalled there is nothing to tell.
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    // At rest only: everything that knows the zoom would be drawn again for each step of a drag.
    const timer = setTimeout(tell, restMs);
    return () => clearTimeout(timer);
  }, [hasSize, freeZoom]);

  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => setOuterSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const change = useCallback(
    (next: (view: View) => View) =>
      setFree((before) => {
        const known = before.key === photoKey ? before.zoom : null;
        const current = known === null ? fitted : keepInside(viewOfZoom(known, size), size, photo);
        return { key: photoKey, zoom: zoomOfView(next(current), size) };
      }),
    [photoKey, fitted, size, photo],
  );
  const inPane = (anchor: StagePoint | undefined): StagePoint =>
    anchor === undefined ? { x: size.width / 2, y: size.height / 2 } : pointInPane(anchor, panes);
  const zoom = (factor: number, anchor?: StagePoint): void =>
    change((current) => zoomView(current, factor, inPane(anchor), size, photo, largestScale));

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const box = ref.current?.getBoundingClientRect();
    if (box === undefined) return;
    // Lines and pages arrive from mice of some systems; a pinch on a touchpad arrives as wheel with ctrl.
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 30;
    const strength = event.ctrlKey ? 0.01 : 0.0016;
    zoom(Math.exp(-event.deltaY * unit * strength), {
      x: event.clientX - box.left,
      y: event.clientY - box.top,
    });
  });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const listener = (event: WheelEvent): void => onWheel(event);
    // React's own wheel listener is passive: the page would scroll along.
    element.addEventListener('wheel', listener, { passive: false });
    return () => element.removeEventListener('wheel', listener);
  }, []);

  return {
    ref,
    outerSize,
    panes,
    size,
    view,
    isFitted: freeZoom === null,
    zoom,
    zoomTo: (scale, anchor) =>
      change((current) =>
        zoomView(current, scale / current.scale, inPane(anchor), size, photo, largestScale),
      ),
    pan: (dx, dy) => change((current) => panView(current, dx, dy, size, photo)),
    fit: () => look(null),
    look,
  };
}
