/** The hand-over of a watch: what is outstanding, open and changed; on paper too. */
import { afterEach, expect, test } from 'vitest';
import { sitDown, wordsIn } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

const text = async () => (await wordsIn(desk.page, 'varne-watch')).replace(/\s+/g, ' ');

test('what is outstanding, open and changed stands on one page, and follows the picture', async () => {
  desk = await sitDown({ ships: 1, mode: 'live', exercise: true });
  const { page, mock } = desk;
  const [first, second, third] = mock.state.incidents;
  mock.push({
    feeds: [{ feed: 'nmea-2', address: 'tcp://127.0.0.1:1', up: true, state: 'connected', last_heard: '2021-11-11T07:31:00Z', silent_since: '2021-11-11T07:31:00Z', lines_per_s: 0, taken: 1, refused: 0, other: 0, lost_parts: 0, dropped: 0 }],
    incidents: [{ ...second!, offered_to: 'CROSS Gris-Nez' }, { ...third!, persons: null, states: { missing: [3, 3] } }],
    last_entry: 402,
    entries: [
      { number: 401, time: '2021-11-11T07:50:00Z', kind: 'incident', body: { text: 'I1 is raised to distress', incident: 'I1', change: 'raised', phase: 'distress', why: '', centre: 'MRCC Dover', open: true, opened: first!.opened } },
      { number: 402, time: '2021-11-11T07:51:00Z', kind: 'incident', body: { text: 'I1 has a new place', incident: 'I1', change: 'placed', phase: 'distress', why: '', centre: 'MRCC Dover', open: true, opened: first!.opened } },
    ],
  });
  await page.waitForSelector('varne-feeds >> text=silent');
  await page.locator('.clock').click();
  await page.keyboard.press('o');
  await page.waitForSelector('varne-watch >> text=I1 is raised to distress');
  await expect.poll(text).toContain('Distress, and nobody goes (1) I1 · A');
  expect(await text()).toMatch(/Alarms not acknowledged \(1\) Distress, nobody going: I1 · A.*Hand-overs without an answer \(1\) I2 · B, offered to CROSS Gris-Nez.*People missing \(1\) I3 · C: 3 missing.*Counts not settled \(3\).*I3 · C: nobody has said how many.*Feeds not heard \(1\) nmea-2: silent/);
  expect(await text()).toMatch(/Open incidents \(3\).*I2 · B alert RNLI Sample in 14 min/);
  expect(await text()).not.toContain('has a new place');
  // Somebody goes: it is no longer outstanding.
  mock.push({ incidents: [{ ...first!, assigned: [{ unit: 'Cutter Sample', task: 'rescue' }] }] });
  await expect.poll(text).not.toContain('Distress, and nobody goes');
  // A shorter watch: what was before it is not there.
  await page.locator('varne-watch [name=since]').fill('5 min');
  await page.keyboard.press('Enter');
  await page.waitForSelector('varne-watch >> text=Nothing has changed since then.');
  await page.locator('varne-watch [name=since]').fill('soon');
  await page.keyboard.press('Enter');
  await page.waitForSelector('varne-watch >> text=Give a time that has passed');
  await page.keyboard.press('Escape');
  await page.waitForSelector('varne-watch', { state: 'detached' });
});

test('a point leads to its incident, and the page is printed alone, dark on white', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await page.getByText('Night', { exact: true }).click();
  await page.getByText('Hand-over', { exact: true }).click();
  await page.waitForSelector('varne-watch >> text=Open incidents (3)');
  await page.emulateMedia({ media: 'print' });
  await page.locator('.top').waitFor({ state: 'hidden' });
  const [paper, ink] = await page.locator('varne-watch').evaluate((each) => [getComputedStyle(each).backgroundColor, getComputedStyle(each).color]);
  expect([paper, ink]).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
  expect(await page.locator('varne-watch').evaluate((each) => getComputedStyle(each).overflowY)).toBe('visible');
  await page.emulateMedia({ media: 'screen' });
  await page.locator('varne-watch button.text >> text=I2').first().click();
  await page.waitForSelector('varne-watch', { state: 'detached' });
  await page.waitForSelector('varne-incident >> text=I2');
});
