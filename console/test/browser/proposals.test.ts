/** Who the desk proposes: said, ordered, declined; and what proposals go by. */
import { afterEach, expect, test } from 'vitest';
import { sitDown, wordsIn } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

const send = () => desk.page.getByText('Send report').last().click();
const field = (name: string) => desk.page.locator(`varne-act [name=${name}]`);
const last = () => desk.mock.asked.reports.at(-1);

test('a proposal stands in the list and at its boat, with why, and is ordered as it is', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  const row = page.locator('varne-incidents button[data-id=I1]');
  await expect.poll(() => row.innerText()).toContain('nobody going, Cutter Sample proposed, 08:23');
  await row.click();
  await page.waitForSelector('varne-incident >> text=Proposed: Cutter Sample, there at about 08:23');
  expect(await wordsIn(page, 'varne-incident')).toContain('the nearest idle unit, Patrouilleur Exemple, would take 27 min');
  if (process.env.VARNE_SHOTS) await page.screenshot({ path: `${process.env.VARNE_SHOTS}/proposal.png` });
  await page.click('varne-incident button[data-deed=order_proposed]');
  await page.waitForSelector('varne-act dialog[open]');
  expect(await field('unit').inputValue()).toBe('Cutter Sample');
  expect(await field('task').inputValue()).toBe('rescue');
  await send();
  await expect.poll(last).toMatchObject({ kind: 'order', task: 'rescue', unit: 'Cutter Sample', boat: 'I1', from: 'MRCC Dover' });
  await page.getByText('Close').last().click();
  // Once it goes nobody is proposed any more.
  mock.push({ incidents: [{ ...mock.state.incidents[0]!, proposed: [], assigned: [{ unit: 'Cutter Sample', task: 'rescue' }] }] });
  await page.waitForSelector('varne-incident .proposed', { state: 'detached' });
});

test('a unit declines with a reason, and without one is asked for it', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await page.click('varne-incidents button[data-id=I1]');
  await page.click('varne-incident button[data-deed=decline_proposed]');
  await page.waitForSelector('varne-act dialog[open]');
  expect(await field('unit').inputValue()).toBe('Cutter Sample');
  await send();
  await page.waitForSelector('varne-act >> text=Why it cannot is needed.');
  expect(mock.asked.reports).toHaveLength(0);
  await field('text').fill('one engine is out');
  await send();
  await expect.poll(last).toMatchObject({ kind: 'task_answer', accepted: false, unit: 'Cutter Sample', from: 'Cutter Sample', boat: 'I1', text: 'one engine is out' });
});

test('a later stop is told as such, and where nobody can be proposed it says why', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await page.click('varne-incidents button[data-id=I3]');
  await page.waitForSelector('varne-incident >> text=I3 · C');
  expect(await page.locator('varne-incident .proposed').count()).toBe(0);
  const boat = mock.state.incidents[2]!;
  mock.push({ incidents: [{ ...boat, proposed: [{ unit: 'Cutter Sample', stop: 2, eta: null, text: 'Cutter Sample goes on to I3: no other unit is free' }] }] });
  await page.waitForSelector('varne-incident >> text=Proposed: Cutter Sample, after I1, its arrival is not known');
  await page.click('varne-incidents button[data-id=I1]');
  await page.waitForSelector('varne-incident >> text=Proposed: Cutter Sample, there at about 08:23, then to I3');
  await page.click('varne-incidents button[data-id=I3]');
  mock.push({ incidents: [{ ...boat, nobody: 'every available unit has declined' }] });
  await page.waitForSelector('varne-incident .proposed.none >> text=every available unit has declined');
});

test('a centre chooses what proposals go by', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await page.waitForSelector('varne-incidents button.row');
  await page.click('varne-incidents button[data-propose]');
  await page.waitForSelector('varne-propose dialog[open]');
  await page.getByLabel('boats reached within 30 minutes').check();
  await page.locator('varne-propose [name=from]').selectOption('MRCC Dover');
  await send();
  await expect.poll(last).toMatchObject({ kind: 'order', task: 'propose_by_within_30', from: 'MRCC Dover' });
  expect(last()).not.toHaveProperty('boat');
});
