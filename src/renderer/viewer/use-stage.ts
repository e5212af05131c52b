// The stage: its size, the current view, and everything that moves it by wheel, pointer and pinch.
import {
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
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
  readonly size: Size;
  readonly view: View;
  readonly isFitted: boolean;
  zoom(factor: number, anchor?: StagePoint): void;
  /** CSS pixels per photo pixel. */
  zoomTo(scale: number, anchor?: StagePoint): void;
  pan(dx: number, dy: number): void;
  fit(): void;
}

/** null: fitted, whatever the stage's size. */
type FreeView = View | null;

/** How a photo was looked at before, and who wants to know how it is looked at now. */
export interface StageMemory {
  readonly zoom: RememberedZoom | null;
  readonly setZoom: (zoom: RememberedZoom | null) => void;
}

export function useStage(photo: Size, photoKey: string, memory?: StageMemory): Stage {
  const ref = useRef<HTMLDivElement | null>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const [free, setFree] = useState<{ key: string; view: FreeView }>({ key: photoKey, view: null });
  const freeView = free.key === photoKey ? free.view : null;
  const hasSize = size.width > 0 && size.height > 0;
  const fitted = fitView(hasSize ? size : { width: 1, height: 1 }, photo);
  const view = freeView === null ? fitted : keepInside(freeView, size, photo);

  const recall = useEffectEvent(() => {
    if (memory === undefined || memory.zoom === null) return;
    setFree({ key: photoKey, view: keepInside(viewOfZoom(memory.zoom, size), size, photo) });
  });
  useLayoutEffect(() => {
    if (hasSize) recall();
  }, [hasSize]);
  const tell = useEffectEvent(() =>
    memory?.setZoom(freeView === null ? null : zoomOfView(keepInside(freeView, size, photo), size)),
  );
  const isFirst = useRef(true);
  useEffect(() => {
    if (!hasSize) return;
    // Before anything was recalled there is nothing to tell.
    if (isFirst.current) isFirst.current = false;
    else tell();
  }, [hasSize, freeView]);

  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const change = useCallback(
    (next: (view: View) => FreeView) =>
      setFree((before) => {
        const current = before.key === photoKey && before.view !== null ? before.view : fitted;
        return { key: photoKey, view: next(current) };
      }),
    [photoKey, fitted],
  );
  const centre = { x: size.width / 2, y: size.height / 2 };
  const zoom = (factor: number, anchor: StagePoint = centre): void =>
    change((current) => zoomView(current, factor, anchor, size, photo));
  const pan = (dx: number, dy: number): void => change((current) => panView(current, dx, dy, size, photo));

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
    size,
    view,
    isFitted: freeView === null,
    zoom,
    pan,
    zoomTo: (scale, anchor = centre) =>
      change((current) => zoomView(current, scale / current.scale, anchor, size, photo)),
    fit: () => change(() => null),
  };
}
