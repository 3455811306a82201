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
  mock.push({ feeds: [{ feed: 'nmea', address: 'tcp://127.0.0.1:1', up: true, state: '', lines_per_s: 3, taken: 9, refused: 0, other: 0, lost_parts: 0, dropped: 0 }] });
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

const asLook = async (palette: string) => {
  await desk.page.evaluate((name) => localStorage.setItem('varne.palette', name), palette);
  await desk.page.reload();
  await desk.page.waitForSelector('varne-incidents button.row, varne-captain dl, varne-login input');
};

test.each(['day', 'night'])('signing in, one’s own password and what stands over every view, by %s', async (palette) => {
  desk = await sitDown({ ships: 5, accounts: { role: 'coordinator', unit: 'MRCC Dover', may: ['read', 'self', 'report', 'order', 'play'] } });
  const { page, mock } = desk;
  await asLook(palette);
  const found = await findings('signing in');
  await page.getByLabel('Account', { exact: true }).fill('anna');
  await page.getByLabel('Password').fill('exercise');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.who');
  await page.getByText('Password', { exact: true }).click();
  await page.waitForSelector('varne-own-password dialog[open]');
  await page.getByText('Change it').click();
  await page.waitForSelector('#password-wrong');
  found.push(...(await findings('one’s own password')));
  await page.keyboard.press('Escape');
  await page.getByText('Proposals', { exact: true }).click();
  await page.waitForSelector('varne-propose dialog[open]');
  found.push(...(await findings('what proposals go by')));
  await page.keyboard.press('Escape');
  await page.click('varne-incidents button[data-id=I1]');
  await page.click('varne-incident button[data-deed=plan_search]');
  await page.waitForSelector('varne-search [name=object]');
  found.push(...(await findings('a search')));
  mock.reset({ sandbox: mock.state.now });
  await page.waitForSelector('.sandbox');
  mock.start({ what: 'record', done: 1, of: 3 });
  await page.waitForSelector('.lost >> text=The desk is starting');
  found.push(...(await findings('a sandbox, and a desk that starts')));
  expect([...new Set(found)]).toEqual([]);
});

test.each(['day', 'night'])('the captain’s page on a phone, and a desk at 200 %%, by %s', async (palette) => {
  desk = await sitDown({ ships: 5, me: { account: 'captain.sample', role: 'captain', unit: 'RNLI Sample', demonstration: false } });
  const { page } = desk;
  await page.setViewportSize({ width: 390, height: 844 });
  await asLook(palette);
  await page.waitForSelector('varne-captain >> text=Turn the boat round');
  const found = await findings('the captain’s page');
  await page.setViewportSize({ width: 683, height: 384 });
  await page.getByText('Whole picture').click();
  await drawn(page);
  found.push(...(await findings('at 200 %')));
  await page.keyboard.press('?');
  await page.waitForSelector('varne-help dialog[open]');
  found.push(...(await findings('keys at 200 %')));
  expect([...new Set(found)]).toEqual([]);
});
