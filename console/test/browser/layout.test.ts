/** A phone, a desk at 200 %, and a page without single keys. */
import { afterEach, expect, test } from 'vitest';
import { drawn, sitDown } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

const box = (selector: string) => desk.page.locator(selector).first().evaluate((each) => {
  const { top, bottom, left, right } = each.getBoundingClientRect();
  return { top, bottom, left, right };
});

test.each([[390, 844], [683, 384]])('at %i by %i (a phone, a desk at 200 %%), the chart is first, the report in reach and nothing is cut off', async (width, height) => {
  desk = await sitDown({ ships: 5 });
  const { page } = desk;
  await page.setViewportSize({ width, height });
  await drawn(page);
  const [chart, list] = [await box('main'), await box('varne-incidents')];
  expect(chart.top).toBeLessThan(height);
  expect(chart.bottom - chart.top).toBeGreaterThanOrEqual(200);
  expect(list.top).toBeGreaterThanOrEqual(chart.bottom);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  // Far down the page the head is still there, and the report with it.
  await page.locator('varne-people').scrollIntoViewIfNeeded();
  await page.getByText('New report').click();
  await page.waitForSelector('varne-report dialog[open]');
  const form = await box('varne-report dialog');
  expect(form.right).toBeLessThanOrEqual(width);
  expect(form.left).toBeGreaterThanOrEqual(0);
  await page.keyboard.press('Escape');
  await page.click('varne-incidents button[data-id=I1]');
  await page.waitForSelector('.forecast-time');
  await page.waitForSelector('varne-incident >> text=caller says');
  await expect.poll(async () => (await box('.details')).top).toBeLessThan(height);
});

test('in French nothing on the chart lies over another, no row loses its end, and a menu moves nothing', async () => {
  desk = await sitDown({ ships: 5 });
  const { page } = desk;
  await page.getByRole('button', { name: 'Français' }).click();
  await page.click('varne-incidents button[data-id=I1]');
  await page.waitForSelector('.forecast-time');
  const tools = ['varne-tools obc-button >> nth=0', 'varne-tools obc-button >> nth=1', 'varne-tools summary >> nth=0', 'varne-tools summary >> nth=1', 'varne-guard summary'];
  const places = () => Promise.all(['.forecast-time', 'varne-scale', 'varne-alarms', ...tools].map(box));
  const before = await places();
  const apart = (a: (typeof before)[0], b: (typeof before)[0]) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
  before.forEach((one, i) => before.slice(i + 1).forEach((other) => expect(apart(one, other)).toBe(true)));
  await page.locator('varne-tools summary').first().click();
  await page.waitForSelector('varne-tools .menu input');
  expect(await places()).toEqual(before);
  const cut = await page.locator('varne-incidents .going').evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent));
  expect(cut).toEqual([]);
});

test('single keys can be turned off, and Esc stays', async () => {
  desk = await sitDown({ ships: 5 });
  const { page } = desk;
  await page.keyboard.press('?');
  await page.getByLabel(/Single keys/).uncheck();
  await page.keyboard.press('Escape');
  await page.locator('.clock').click();
  // A key that means something is taken from the browser. It is listened for before the first press.
  await page.evaluate(() => {
    const said: boolean[] = [];
    Object.assign(window, { said });
    addEventListener('keydown', ({ defaultPrevented }) => said.push(defaultPrevented));
  });
  for (const key of ['r', 'n', 'Escape']) await page.keyboard.press(key);
  await expect.poll(() => page.evaluate(() => (window as unknown as { said: boolean[] }).said)).toEqual([false, false, true]);
  expect(await page.locator('varne-report, varne-incident').count()).toBe(0);
  await page.click('varne-incidents button[data-id=I1]');
  await page.waitForSelector('varne-incident');
  await page.keyboard.press('Escape');
  await page.waitForSelector('varne-incident', { state: 'detached' });
});

test('the sea is asked by keyboard, at the middle of the chart', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await drawn(page);
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForSelector('varne-sea >> text=Tidal stream');
});
