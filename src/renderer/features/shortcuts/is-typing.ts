// Whether a key press belongs to a text field, where letters and undo mean what they always mean.

const textInputTypes = new Set(['text', 'search', 'url', 'email', 'password', 'number', 'tel']);

export function isTyping(event: Event): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && textInputTypes.has(target.type) && !target.readOnly;
}
