// Which controls and words of a page lie outside the window, where nobody can scroll to them. For end-to-end tests.
import type { Page } from 'playwright-core';

/** One line per element; empty when everything can be reached. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const found: string[] = [];
    if (document.documentElement.scrollWidth > width) found.push('the page scrolls sideways');
    const canBeScrolled = (element: Element): boolean => {
      for (let each = element.parentElement; each !== null; each = each.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth)
          return true;
        // Marks of faces lie on the picture, which is moved and enlarged under its frame.
        if (each.matches('[class*=stage]')) return true;
      }
      return false;
    };
    for (const element of document.querySelectorAll(
      'button, input, select, textarea, a, h1, h2, h3, p, label, [role]',
    )) {
      const { left, right, width: own, height } = element.getBoundingClientRect();
      if (own < 2 || height < 2 || !element.checkVisibility({ visibilityProperty: true })) continue;
      if ((right <= width + 1 && left >= -1) || canBeScrolled(element)) continue;
      found.push(
        `${element.tagName.toLowerCase()} from ${left.toFixed(0)} to ${right.toFixed(0)}: ${element.outerHTML.slice(0, 120)}`,
      );
    }
    return found;
  });
}
