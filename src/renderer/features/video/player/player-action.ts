// Which key means what to the player. Pure.

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
