// Runs with every end-to-end test: where one fails, what its pages showed and had been told is printed with it.
import { afterEach } from 'vitest';
import { openPages } from './open-studio.ts';

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const { page, events, problems } of openPages) {
    const shown = await page.locator('body').innerText({ timeout: 5000 }).catch(String);
    const told = events.slice(-12).map((event) => JSON.stringify(event).slice(0, 300));
    console.log(
      [`${task.name}: the page showed`, shown, 'and was last told', ...told, ...problems].join('\n'),
    );
  }
});
