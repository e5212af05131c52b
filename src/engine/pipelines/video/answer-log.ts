// Answers of the networks while faces are followed, one JSON line each, in the order they were asked. After an
// interruption the same questions come in the same order, and the answers stand here already. Engine process.
import { type FileHandle, open, readFile } from 'node:fs/promises';

export interface AnswerLog {
  /** The stored answer to this question, or a fresh one, which is then stored. Must survive JSON unchanged. */
  ask<T>(compute: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Lines written at once: an interruption loses at most these. */
const linesAtOnce = 32;

export async function openAnswerLog(path: string): Promise<AnswerLog> {
  const { answers, byteLength } = await readAnswers(path);
  const file = await open(path, 'a');
  await file.truncate(byteLength);
  let next = 0;
  let unwritten: string[] = [];
  return {
    async ask<T>(compute: () => Promise<T>) {
      if (next < answers.length) {
        const answer = answers[next] as T;
        // Never needed again: a long film has hundreds of thousands.
        answers[next++] = undefined;
        return answer;
      }
      const answer = await compute();
      unwritten.push(`${JSON.stringify(answer)}\n`);
      if (unwritten.length >= linesAtOnce) await flush(file);
      return answer;
    },
    async close() {
      await flush(file);
      await file.close();
    },
  };

  async function flush(to: FileHandle): Promise<void> {
    const text = unwritten.join('');
    unwritten = [];
    if (text !== '') await to.appendFile(text);
  }
}

/** Up to the first line that is torn or is no JSON: what comes behind a power cut may be anything. */
async function readAnswers(path: string): Promise<{ answers: unknown[]; byteLength: number }> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const answers: unknown[] = [];
  let byteLength = 0;
  let at = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
    try {
      answers.push(JSON.parse(text.slice(at, end)));
    } catch {
      break;
    }
    byteLength += Buffer.byteLength(text.slice(at, end + 1));
    at = end + 1;
  }
  return { answers, byteLength };
}
