// Prints restore events for people: a progress bar with time left on a terminal, plain lines elsewhere.
import { basename } from 'node:path';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import { drawProgressBar } from './draw-progress-bar.ts';
import type { RestoreEvent, RestoreReporter } from './restore-events.ts';

export interface Terminal {
  readonly isTerminal: boolean;
  readonly columns: number;
  write(text: string): void;
}

export function reportInWords(
  messages: CliMessages,
  terminal: Terminal,
  steps: Record<string, string>,
): RestoreReporter {
  const failures: string[] = [];
  let barIsShown = false;
  const clearBar = (): void => {
    if (barIsShown) terminal.write('\r\u001b[2K');
    barIsShown = false;
  };
  const line = (text: string): void => {
    clearBar();
    terminal.write(`${text}\n`);
  };

  function report(event: RestoreEvent): void {
    switch (event.event) {
      case 'started':
        line(interpolate(messages.restorerUsed, { name: event.restorer }));
        break;
      case 'progress': {
        if (!terminal.isTerminal) break;
        const words = `${basename(event.input)} · ${steps[event.step] ?? event.step}`;
        const left =
          event.etaSeconds === null ? '' : interpolate(messages.eta, { time: clock(event.etaSeconds) });
        terminal.write(`\r\u001b[2K${drawProgressBar(event.totalFraction, words, left, terminal.columns)}`);
        barIsShown = true;
        break;
      }
      case 'file-restored':
        line(
          interpolate(messages.restored, {
            name: basename(event.input),
            output: event.output,
            faces: facesInWords(event.faceCount, messages),
            seconds: (event.elapsedMs / 1000).toFixed(1),
          }),
        );
        if (event.holePixelsLeft) line(interpolate(messages.holesLeft, { count: event.holePixelsLeft }));
        if (event.mosaicCount) line(interpolate(messages.invented, { count: event.mosaicCount }));
        break;
      case 'file-skipped':
        line(interpolate(messages.skipped, { name: basename(event.input) }));
        break;
      case 'file-failed': {
        const words = interpolate(messages.failed, {
          name: event.input,
          sentence: event.sentence,
          next: event.next,
        });
        failures.push(words);
        line(words);
        break;
      }
      case 'device-fell-back':
        line(interpolate(messages.fellBack, { wanted: event.wanted }));
        break;
      case 'finished':
        if (event.cancelled) line(messages.cancelled);
        if (failures.length > 0)
          line([messages.notRestored, ...failures.map((words) => `  ${words}`)].join('\n'));
        line(
          interpolate(messages.finished, {
            done: event.restored,
            skipped: event.skipped,
            failed: event.failed,
            seconds: (event.elapsedMs / 1000).toFixed(1),
          }),
        );
        break;
      case 'file-started':
        break;
    }
  }
  return { report };
}

/** One JSON object per line on standard output: for scripts and archives. */
export function reportAsJson(write: (text: string) => void): RestoreReporter {
  return { report: (event) => write(`${JSON.stringify(event)}\n`) };
}

function facesInWords(count: number, messages: CliMessages): string {
  if (count === 0) return messages.faceCount.none;
  return count === 1 ? messages.faceCount.one : interpolate(messages.faceCount.many, { count });
}

/** 75 -> "1:15". */
function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
