// Keys of the viewer, anywhere in the window but in text fields and under dialogs.
import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../features/shortcuts/is-typing.ts';
import { useStudioState } from '../features/studio/studio-state.tsx';

export interface ViewerKeyActions {
  zoomToFace(): void;
  stepFace(by: 1 | -1): void;
  turn(isClockwise: boolean): void;
  togglePixelGrid(): void;
  hold(isHeld: boolean): void;
}

export function useViewerKeys(actions: ViewerKeyActions): void {
  const { dialog } = useStudioState();
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (dialog !== null || event.defaultPrevented || isTyping(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key.toLowerCase()) {
      case 'b':
        return actions.hold(true);
      case 'z':
        return actions.zoomToFace();
      case 'n':
        return actions.stepFace(1);
      case 'p':
        return actions.stepFace(-1);
      case 'r':
        return actions.turn(!event.shiftKey);
      case 'g':
        return actions.togglePixelGrid();
    }
  });
  const lift = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() === 'b') actions.hold(false);
  });
  const release = useEffectEvent(() => actions.hold(false));
  useEffect(() => {
    const onDown = (event: KeyboardEvent): void => press(event);
    const onUp = (event: KeyboardEvent): void => lift(event);
    const onBlur = (): void => release();
    window.addEventListener('keydown', onDown);
    window.addEventListener('keyup', onUp);
    window.addEventListener('blur', onBlur);
    return () => {
      window.removeEventListener('keydown', onDown);
      window.removeEventListener('keyup', onUp);
      window.removeEventListener('blur', onBlur);
    };
  }, []);
}
