// Which action of the window a key press means. Pure.

export type ShortcutAction =
  | 'open-photos'
  | 'restore'
  | 'export'
  | 'undo'
  | 'redo'
  | 'settings'
  | 'shortcuts'
  | 'previous-photo'
  | 'next-photo'
  | 'face-marks'
  | 'shown-picture'
  | 'films'
  | 'palette';

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** `isApple`: the command key leads instead of control. `isTyping`: letters and undo belong to a text field. */
export function matchShortcut(press: KeyPress, isApple: boolean, isTyping: boolean): ShortcutAction | null {
  if (press.altKey || isTyping) return null;
  const main = isApple ? press.metaKey : press.ctrlKey;
  if (press.ctrlKey || press.metaKey) return main ? withMainKey(press) : null;
  switch (press.key) {
    case '?':
      return 'shortcuts';
    case 'PageUp':
      return 'previous-photo';
    case 'PageDown':
      return 'next-photo';
    case 'f':
    case 'F':
      return 'face-marks';
    case 'c':
    case 'C':
      return 'shown-picture';
    case 'v':
    case 'V':
      return 'films';
    default:
      return null;
  }
}

function withMainKey({ key, shiftKey }: KeyPress): ShortcutAction | null {
  switch (key.toLowerCase()) {
    case 'z':
      return shiftKey ? 'redo' : 'undo';
    case 'y':
      return 'redo';
    case 'o':
      return 'open-photos';
    case 'k':
      return 'palette';
    case 'e':
      return 'export';
    case 'enter':
      return 'restore';
    case ',':
      return 'settings';
    default:
      return null;
  }
}
