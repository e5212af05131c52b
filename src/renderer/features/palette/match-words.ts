// How well typed letters fit a line of words: the letters in their order, better at the beginnings of words and in a row.
// Pure.

/** Null: does not fit. Higher is better. Case, accents and spaces of what is typed do not count. */
export function matchWords(typed: string, words: string): number | null {
  const letters = [...plain(typed).replaceAll(' ', '')];
  const line = [...plain(words)];
  if (letters.length === 0) return 0;
  // best[i]: the best score with the letters so far, the last of them at place i.
  let best = new Map<number, number>([[-1, 0]]);
  for (const letter of letters) {
    const next = new Map<number, number>();
    for (const [place, score] of best) {
      for (let at = place + 1; at < line.length; at += 1) {
        if (line[at] !== letter) continue;
        const starts = at === 0 || /[\s\p{P}]/u.test(line[at - 1] ?? '');
        const gained = score + (at === place + 1 && place >= 0 ? 3 : 0) + (starts ? 2 : 0) + 1;
        if (gained > (next.get(at) ?? Number.NEGATIVE_INFINITY)) next.set(at, gained);
      }
    }
    if (next.size === 0) return null;
    best = next;
  }
  // Among equals the shorter line is nearer to what was meant.
  return Math.max(...best.values()) - line.length / 1000;
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
