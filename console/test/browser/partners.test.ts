/** Another centre whose desk is joined: what it tells, and lending it a unit. */
import { afterEach, expect, test } from 'vitest';
import { sitDown } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

const across = { centre: 'CROSS Gris-Nez', tracks: [], units: [{ unit: 'Patrouilleur Exemple', at: null, text: 'until noon', heard: '2021-11-11T07:58:00Z', entry: 12 }], offered: [] as string[] };
const last = () => desk.mock.asked.reports.at(-1);
const send = () => desk.page.locator('varne-lend').getByText('Send report').click();

test('a unit of the own centre is offered, and taken back', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  mock.push({ partners: [across] });
  await page.waitForSelector('varne-partners >> text=Patrouilleur Exemple: until noon');
  await page.getByText('Offer a unit').click();
  await page.waitForSelector('varne-lend dialog[open] >> text=Offer a unit to CROSS Gris-Nez');
  const units = await page.locator('varne-lend [name=unit] option').allInnerTexts();
  expect(units).toContain('Cutter Sample');
  expect(units).not.toContain('Patrouilleur Exemple');
  await page.locator('varne-lend [name=unit]').selectOption('Cutter Sample');
  await page.locator('varne-lend [name=text]').fill('with a doctor');
  if (process.env.VARNE_SHOTS) await page.screenshot({ path: `${process.env.VARNE_SHOTS}/lend.png` });
  await send();
  await expect.poll(last).toMatchObject({ kind: 'order', task: 'offer_unit', unit: 'Cutter Sample', to: 'CROSS Gris-Nez', from: 'MRCC Dover', text: 'with a doctor' });
  await page.locator('varne-lend').getByText('Close').last().click();

  mock.push({ partners: [{ ...across, offered: ['Cutter Sample'] }] });
  await page.getByText('take back').click();
  await page.waitForSelector('varne-lend dialog[open] >> text=Take back Cutter Sample, offered to CROSS Gris-Nez');
  await send();
  await expect.poll(last).toMatchObject({ kind: 'order', task: 'withdraw_unit', unit: 'Cutter Sample', to: 'CROSS Gris-Nez', from: 'MRCC Dover' });
});

test('where every unit is offered there is none to offer, and it is said at the field', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  const own = mock.state.units.filter(({ centre }) => centre !== across.centre).map(({ name }) => name);
  mock.push({ partners: [{ ...across, offered: own }] });
  await page.getByText('Offer a unit').click();
  await page.waitForSelector('varne-lend dialog[open]');
  await send();
  await page.waitForSelector('varne-lend >> text=There is no unit of this centre that is not offered already.');
  expect(mock.asked.reports).toHaveLength(0);
});
