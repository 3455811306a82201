/** French: chosen by the officer, kept, and on every panel. */
import { afterEach, expect, test } from 'vitest';
import { sitDown, wordsIn } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

test('the page speaks French when asked, and still after a reload', async () => {
  desk = await sitDown({ ships: 3 });
  const { page } = desk;
  await page.waitForSelector('varne-incidents >> text=Incidents');
  await page.getByRole('button', { name: 'Français' }).click();
  await page.waitForSelector('varne-incidents >> text=Événements');
  expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  await page.reload();
  await page.waitForSelector('varne-incidents b >> text=aucun secours en route');
  await page.click('varne-incidents button[data-id=I1]');
  await page.waitForSelector('varne-incident >> text=Personnes à bord : 30–35');
  await expect.poll(() => wordsIn(page, 'varne-incident')).toMatch(/Rescue those aboard\s+obligatoire/);
  await expect.poll(() => wordsIn(page, 'varne-people')).toMatch(/Partis\s+1.352/);
  await page.click('varne-incident button[data-deed=landing]');
  await page.getByText('Envoyer').last().click();
  await page.waitForSelector('varne-act >> text=Port : à renseigner.');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'English' }).click();
  await page.waitForSelector('varne-incidents >> text=Incidents');
});
