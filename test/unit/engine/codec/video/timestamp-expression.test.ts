import { describe, expect, it } from 'vitest';
import { timestampExpression } from '../../../../../src/engine/codec/video/timestamp-expression.ts';
import { seededRandom } from '../../../../helpers/seeded-random.ts';

/** The part of ffmpeg's expression language that is used, read by JavaScript. */
function evaluate(expression: string, frame: number): number {
  const script = expression.replaceAll('if(', 'choose(');
  const choose = (condition: boolean, then: number, otherwise: number) => (condition ? then : otherwise);
  const lt = (left: number, right: number) => left < right;
  return new Function('N', 'choose', 'lt', `return ${script}`)(frame, choose, lt) as number;
}

describe('timestamps as an expression', () => {
  it('says even pace in one line', () => {
    expect(timestampExpression([0, 512, 1024, 1536])).toBe('0+512*(N-0)');
  });

  it('gives back any rising list, with few brackets inside each other', () => {
    const seed = Date.now() % 100_000;
    const random = seededRandom(seed);
    const stamps = [0];
    while (stamps.length < 500) stamps.push((stamps.at(-1) ?? 0) + 1 + Math.floor(random() * 4));
    const expression = timestampExpression(stamps);
    expect(
      stamps.map((_, frame) => evaluate(expression, frame)),
      `seed ${seed}`,
    ).toEqual(stamps);
    let depth = 0;
    let deepest = 0;
    for (const letter of expression) {
      depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    expect(deepest, `seed ${seed}`).toBeLessThan(16);
  });

  it('has an answer for a single frame', () => {
    expect(evaluate(timestampExpression([0]), 0)).toBe(0);
  });
});
