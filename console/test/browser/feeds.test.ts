/** Nothing goes quiet: a sick feed, a refused call and a report without an answer are seen. */
import { afterEach, expect, test } from 'vitest';
import type { Entry, Feed } from '../../src/api';
import { goTo, sitDown } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

const heard: Feed = { feed: 'nmea', address: 'tcp://127.0.0.1:10110', up: true, state: 'connected', last_heard: '2021-11-11T07:59:58Z', lines_per_s: 41.2, taken: 120_331, refused: 12, other: 0, lost_parts: 0, reasons: { 'the checksum is # and should be #': 12 }, dropped: 0, clock_offset_s: -1860 };
const silent: Feed = { ...heard, feed: 'nmea-2', lines_per_s: 0, dropped: 7, silent_since: '2021-11-11T07:31:00Z', trouble: 'nmea-2: silent since 2021-11-11T07:31:00Z' };
const refused = (number: number, distress = true): Entry => ({
  number, time: '2021-11-11T08:00:00Z', kind: 'line_refused',
  body: { text: 'A line was refused', feed: 'reports', why: 'persons: is to be a number', raw: '{"kind":"call","distress":true,"persons":"30 <b>\u202e"}', distress },
});

test.each(['day', 'night'])('a sick feed and a refused call for help are seen at once, by %s', async (palette) => {
  desk = await sitDown({ ships: 5, mode: 'live' });
  const { page, mock } = desk;
  if (palette === 'night') await page.keyboard.press('w');
  await expect.poll(() => page.locator('varne-feeds').count()).toBe(0);
  mock.push({ feeds: [heard, silent], trouble: silent.trouble, last_entry: 900, entries: [refused(900), refused(901, false)] });
  await page.waitForSelector('varne-feeds >> text=silent');
  await page.locator('varne-feeds summary').nth(1).click();
  await page.waitForSelector('varne-feeds >> text=07:31:00 UTC');
  await expect.poll(() => page.locator('varne-feeds details[open]').innerText()).toMatch(/Lost here\s+7/);
  await page.waitForSelector('.lost >> text=silent since');
  const look = page.locator('varne-alarms .look >> visible=true');
  await page.getByLabel('Acknowledge: Distress').click();
  await expect.poll(() => look.count()).toBe(1);
  expect(await look.innerText()).toContain('persons: is to be a number');
  await expect.poll(() => look.locator('.raw').innerText()).toContain('30 <b>');
  if (process.env.VARNE_SHOTS) await page.screenshot({ path: `${process.env.VARNE_SHOTS}/feeds-${palette}.png` });
  await page.getByLabel('Acknowledge: A refused line').click();
  await expect.poll(() => look.count()).toBe(0);
});

test('a ship is found as soon as she is heard, and one of a silent receiver says why she is quiet', async () => {
  desk = await sitDown({ ships: 1, mode: 'live' });
  const { page, mock } = desk;
  const going = goTo(page, 'ALPHA');
  await page.waitForSelector('varne-find >> text=Nothing by that name');
  mock.push({ feeds: [silent], tracks: [{ ...mock.state.tracks[0]!, source: 'nmea-2', name: 'ALPHA' }] });
  await going;
  await page.waitForSelector('varne-track >> text=the receiver is silent since 07:31:00 UTC');
});

test('a report without a plain answer says what is known, and sent again it is the same report', async () => {
  desk = await sitDown({ ships: 1, mode: 'live' });
  const { page, mock } = desk;
  await page.keyboard.press('r');
  await page.getByLabel('Who reports').fill('caller');
  await page.locator('[name=at]').fill('51 02.35 N 001 21.10 E');
  mock.instead.push([503, { error: 'the disk is full', taken: true }], [503, { error: 'the disk is full', taken: false }]);
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=The desk has this report and has not recorded it yet');
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=Not taken: the disk is full');
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=Taken into the record as entry');
  expect(mock.asked.reports).toHaveLength(3);
  expect(mock.asked.reports[1]).toEqual(mock.asked.reports[0]);
  expect(mock.asked.reports[2]).toEqual(mock.asked.reports[0]);
});
