/** Every panel and form, by day and by night, has no finding of axe that is serious or critical. */
import { afterEach, expect, test } from 'vitest';
import { axeFindings } from './axe';
import { drawn, goTo, sitDown } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(() => desk.close());

const findings = (where: string) => axeFindings(desk.page, where);

test.each(['day', 'night'])('by %s', async (palette) => {
  desk = await sitDown({ ships: 5, mode: palette === 'day' ? 'replay' : 'live' });
  const { page, mock } = desk;
  await drawn(page);
  if (palette === 'night') await page.keyboard.press('w');
  mock.push({ feeds: [{ feed: 'nmea', address: 'tcp://127.0.0.1:1', up: true, state: '', lines_per_s: 3, taken: 9, refused: 0, dropped: 0 }] });
  await page.waitForSelector('varne-feeds');
  const found = await findings('the page');
  await page.click('varne-incidents button[data-id=I1]');
  await page.waitForSelector('varne-incident >> text=caller says');
  await page.click('varne-incident summary.deed');
  found.push(...(await findings('an incident')));
  for (const deed of ['order', 'landing', 'lower_phase', 'withdraw_report']) {
    await page.click(`varne-incident button[data-deed=${deed}]`);
    await page.waitForSelector('varne-act dialog[open]');
    found.push(...(await findings(deed)));
    await page.keyboard.press('Escape');
  }
  for (const [words, panel] of [['EXERCISE 1', 'varne-track'], ['RNLI Sample', 'varne-unit'], ['51.0 N 1.5 E', 'varne-sea']] as const) {
    await goTo(page, words);
    await page.waitForSelector(panel);
    found.push(...(await findings(panel)));
  }
  await page.click('varne-feed button.row >> nth=0');
  await page.waitForSelector('varne-feed pre');
  found.push(...(await findings('the record')));
  await page.keyboard.press('Escape');
  await page.getByText('Guard areas').click();
  found.push(...(await findings('guard areas')));
  await page.getByText('Guard areas').first().click();
  await page.getByText('Hand-over', { exact: true }).click();
  await page.waitForSelector('varne-watch >> text=Nothing has changed since then.');
  found.push(...(await findings('the watch hand-over')));
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await page.waitForSelector('varne-report dialog[open]');
  found.push(...(await findings('a report')));
  await page.keyboard.press('Escape');
  await page.locator('.clock').click();
  await page.keyboard.press('?');
  await page.waitForSelector('varne-help dialog[open]');
  found.push(...(await findings('keys')));
  expect([...new Set(found)]).toEqual([]);
});

test('on a phone', async () => {
  desk = await sitDown({ ships: 5 });
  await desk.page.setViewportSize({ width: 390, height: 844 });
  await drawn(desk.page);
  expect(await findings('the phone')).toEqual([]);
});
