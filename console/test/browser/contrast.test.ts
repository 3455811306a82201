/** Words stand out from what they stand on: WCAG AA, 4.5 to 1, by day and by night. */
import { afterEach, expect, test } from 'vitest';
import { sitDown } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(() => desk.close());

test.each(['day', 'night'])('every word on the page, by %s', async (palette) => {
  desk = await sitDown({ ships: 5 });
  const { page } = desk;
  if (palette === 'night') await page.keyboard.press('w');
  await page.keyboard.press('n');
  await page.waitForSelector('varne-incident >> text=caller says');
  // Colours pass from one to the other for a moment: what counts is where they come to rest.
  const faint = () => page.evaluate(() => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = (colour: number[]) => {
      const [r, g, b] = colour.map((each) => (each / 255 <= 0.03928 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    const parentOf = (each: Element): Element | null => each.assignedSlot ?? each.parentElement ?? ((each.getRootNode() as ShadowRoot).host ?? null);
    const ground = (each: Element | null): number[] => {
      for (; each; each = parentOf(each)) {
        const colour = channels(getComputedStyle(each).backgroundColor);
        if (colour.length === 3 || colour[3] === 1) return colour.slice(0, 3);
      }
      return [255, 255, 255];
    };
    const found: string[] = [];
    const look = (root: ParentNode) => {
      for (const each of root.querySelectorAll('*')) {
        if (each.shadowRoot) look(each.shadowRoot);
        const words = [...each.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent!.trim()).join('');
        if (!words || each instanceof SVGElement || each.closest('.unseen, style, option, noscript') || each.getBoundingClientRect().width === 0) continue;
        const [a, b] = [light(channels(getComputedStyle(each).color).slice(0, 3)), light(ground(each))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) found.push(`${ratio.toFixed(1)} ${words.slice(0, 40)}`);
      }
    };
    look(document);
    return found;
  });
  await expect.poll(faint).toEqual([]);
});
