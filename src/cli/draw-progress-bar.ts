// One line of progress, never wider than the terminal.

const barWidth = 24;

/** @param fraction 0..1. @returns for example `████░░░░ 42 %  old.jpg · restoring faces  0:15 left`. */
export function drawProgressBar(fraction: number, words: string, timeLeft: string, columns: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * barWidth);
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  const percent = `${Math.floor(fraction * 100)} %`.padStart(5);
  const room = columns - barWidth - percent.length - timeLeft.length - 6;
  const shortened = words.length > room ? `${words.slice(0, Math.max(0, room - 1))}…` : words;
  return `${bar} ${percent}  ${shortened}  ${timeLeft}`.trimEnd();
}
