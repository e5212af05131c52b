// Keys of the player, anywhere on the page but where somebody types or another control wants the same key.
import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../../shortcuts/is-typing.ts';
import { useStudioState } from '../../studio/studio-state.tsx';

export interface PlayerKeys {
  toggle(): void;
  stepFrames(count: number): void;
  seekBy(seconds: number): void;
  toStart(): void;
  toEnd(): void;
  markIn(): void;
  markOut(): void;
  hold(isHeld: boolean): void;
}

const largeStepSeconds = 1;

/** What the key does; null: it is none of the player's. Pure but for the actions themselves. */
export function playerAction(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  keys: PlayerKeys,
): (() => void) | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const sign = { ArrowLeft: -1, ArrowRight: 1, ',': -1, '.': 1, '<': -1, '>': 1 }[event.key];
  if (sign !== undefined) {
    const isLarge = event.shiftKey;
    return () => (isLarge ? keys.seekBy(sign * largeStepSeconds) : keys.stepFrames(sign));
  }
  switch (event.key.toLowerCase()) {
    case ' ':
    case 'k':
      return keys.toggle;
    case 'home':
      return keys.toStart;
    case 'end':
      return keys.toEnd;
    case 'i':
      return keys.markIn;
    case 'o':
      return keys.markOut;
    case 'b':
      return () => keys.hold(true);
    default:
      return null;
  }
}

/** Controls that know what space and arrows mean to them; letters mean the player everywhere else. */
const ownKeys =
  'button, a, summary, input, select, [role=slider], [role=listbox], [role=radio], [role=menu], [tabindex]';

export function usePlayerKeys(keys: PlayerKeys): void {
  const { dialog } = useStudioState();
  const onDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || dialog !== null || isTyping(event)) return;
    const action = playerAction(event, keys);
    if (action === null) return;
    const isLetter = /^[a-z,.<>]$/i.test(event.key);
    if (!isLetter && event.target instanceof Element && event.target.closest(ownKeys) !== null) return;
    event.preventDefault();
    action();
  });
  const onUp = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() === 'b') keys.hold(false);
  });
  const onBlur = useEffectEvent(() => keys.hold(false));
  useEffect(() => {
    const down = (event: KeyboardEvent): void => onDown(event);
    const up = (event: KeyboardEvent): void => onUp(event);
    const blur = (): void => onBlur();
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', blur);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', blur);
    };
  }, []);
}
