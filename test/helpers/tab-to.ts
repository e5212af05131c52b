// Moves through a page as somebody without a mouse does. For end-to-end tests.
import type { Locator, Page } from 'playwright-core';

/** More than any page has stops. */
const mostStops = 150;

/** Presses Tab until the control has the focus. Throws when it is never reached. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  // Attached, not visible: the inputs of some controls are drawn by what lies over them.
  await control.waitFor({ state: 'attached' });
  for (let stop = 0; stop <= mostStops; stop += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${control}`);
}
