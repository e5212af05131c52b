// Keys of the player, anywhere on the page but where somebody types or another control wants the same key.
import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../../shortcuts/is-typing.ts';
import { useStudioState } from '../../studio/studio-state.tsx';
import { type PlayerKeys, playerAction } from './player-action.ts';

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
