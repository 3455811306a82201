/** The record: what is in short, and what is looked for by words, out of all there is and in one request. */
import { afterEach, expect, test } from 'vitest';
import type { Entry } from '../../src/api';
import { sitDown } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

const rows = () => desk.page.locator('varne-feed button.row');
const foot = () => desk.page.locator('varne-feed .more').innerText();
const asked = () => desk.mock.asked.paths.filter((path) => path.startsWith('GET /api/entries'));

/** A busy day: an order among thousands of tracks, hours ago. */
async function busy(): Promise<void> {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  const track = (number: number): Entry => ({ number, time: mock.state.now, kind: 'track', body: { text: `Track T${number} moved`, track: 'T1', change: 'moved', at: [1.5, 51], speed_mps: 3, course_deg: 40 } });
  mock.push({ last_entry: 2400, entries: Array.from({ length: 2000 }, (_, i) => track(401 + i)) });
  await page.waitForSelector('varne-feed >> text=Entry 400:');
}

test('in short reaches back over thousands of tracks in one request, and says how far', async () => {
  await busy();
  const { page } = desk;
  expect(asked()).toEqual([]);
  await page.click('varne-feed >> text=Earlier entries');
  await expect.poll(foot).toBe('Earlier entries');
  await page.click('varne-feed >> text=Earlier entries');
  await expect.poll(() => rows().count()).toBe(300);
  expect(asked()).toHaveLength(1);
  expect(asked()[0]).toContain('kinds=day');
  await page.click('varne-feed >> text=Earlier entries');
  await page.waitForSelector('varne-feed >> text=This is where the record begins.');
  await page.waitForSelector('varne-feed >> text=Entry 1:');
  expect(asked()).toHaveLength(1);
});

test('words are looked for in the whole record, and what comes after joins', async () => {
  await busy();
  const { page, mock } = desk;
  await page.getByLabel('Words to look for in the whole record').fill('wissant "R17"');
  await expect.poll(() => rows().allInnerTexts()).toEqual([expect.stringContaining('Entry 17:')]);
  await expect.poll(foot).toBe('1 found in the whole record.');
  expect(asked().at(-1)).toContain('words=wissant+%22r17%22');
  await rows().first().click();
  await page.waitForSelector('varne-feed pre:has-text("r17")');
  await page.mouse.move(600, 400);
  mock.push({ last_entry: 2401, entries: [{ number: 2401, time: mock.state.now, kind: 'report', body: { text: 'Off Wissant again', source: 'reports', report: { id: 'R17' } } }] });
  // The keyboard is still in the list: it stands, and says that there is more.
  await page.click('varne-feed >> text=1 newer');
  await expect.poll(() => rows().count()).toBe(2);
  await page.getByLabel('Words to look for in the whole record').fill('nowhere to be found');
  await expect.poll(foot).toBe('0 found in the whole record.');
});

test('a search that the desk cannot finish at once says how far it came, and one that fails says why', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  const many = Array.from({ length: 1500 }, (_, i): Entry => ({ number: 401 + i, time: mock.state.now, kind: 'report', body: { text: `Call ${i}`, source: 'reports', report: {} } }));
  mock.push({ last_entry: 1900, entries: many });
  await page.getByLabel('Words to look for in the whole record').fill('call');
  await expect.poll(foot).toMatch(/^1,\d{3} found, back to 08:00:00 UTC, entry 1401\. There may be more before\. Earlier entries$/);
  const choice = page.getByLabel('Which entries');
  mock.cut();
  await page.waitForSelector('.lost');
  await choice.selectOption('people');
  await page.waitForSelector('varne-feed .error >> text=The server does not answer.');
  mock.mend();
  await page.waitForSelector('.lost', { state: 'detached' });
  await choice.selectOption('refused');
  await page.waitForSelector('varne-feed >> text=0 found in the whole record.');
});

test('an entry that stands far back is opened with those about it, and what lies between can be fetched', async () => {
  await busy();
  const { page } = desk;
  await page.locator('varne-app').evaluate((app) => app.dispatchEvent(new CustomEvent('varne-entry', { detail: 120 })));
  await page.waitForSelector('varne-feed button[aria-expanded=true] >> text=Entry 120:');
  await page.waitForSelector('varne-feed >> text=1,000 entries between are not here.');
  await page.click('varne-feed >> text=Fetch them');
  await page.waitForSelector('varne-feed >> text=500 entries between are not here.');
});

test('a row that leaves the list leaves nothing behind', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await page.waitForSelector('varne-feed button.row');
  const nodes = () => page.locator('varne-feed ul').evaluate((list) => list.childNodes.length);
  const say = async (from: number): Promise<void> => {
    mock.push({ last_entry: from + 99, entries: Array.from({ length: 100 }, (_, i): Entry => ({ number: from + i, time: mock.state.now, kind: 'report', body: { text: `Call ${from + i}`, source: 'reports', report: {} } })) });
    await page.waitForSelector(`varne-feed >> text=/^Call ${from + 99}$/`);
  };
  await say(401);
  const before = await nodes();
  for (const from of [501, 601, 701]) await say(from);
  expect(await nodes()).toBe(before);
});
