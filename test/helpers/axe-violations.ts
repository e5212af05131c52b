// What axe finds seriously wrong with a page, for end-to-end tests.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const axeScript = join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js');

/** One line per rule, with the first element that breaks it. */
export async function axeViolations(page: Page): Promise<string[]> {
  await comesToRest(page);
  // Evaluated, not added as a script: the page's policy lets no script in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(readFileSync(axeScript, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

/** Notices slide in and colours fade over; half transparent they have no contrast to measure. */
async function comesToRest(page: Page): Promise<void> {
  // What is about to move has begun to after two pictures.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== 'running' || effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY,
      ),
  );
}
