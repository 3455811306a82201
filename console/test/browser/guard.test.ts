/** Guard areas: drawn, named, kept; who enters one raises its alarm, once. */
import { afterEach, expect, test } from 'vitest';
import { drawn, saved, screenOf, sitDown } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

const looks = () => desk.page.locator('varne-alarms .look').allInnerTexts();

test('an area is drawn, raises an alarm for the craft it was drawn for, is kept, saved and deleted', async () => {
  desk = await sitDown({ ships: 2, mode: 'live', exercise: false });
  const { page, mock } = desk;
  await drawn(page);
  await page.getByLabel('Acknowledge: Distress').click();
  await expect.poll(looks).toEqual([]);
  const [ship, other] = mock.state.tracks as [(typeof mock.state.tracks)[0], (typeof mock.state.tracks)[0]];
  const far: [number, number] = [2.1, 51.3];
  const within: [number, number] = [1.3, 50.65];
  mock.push({ tracks: [{ ...ship, at: far, ship_type: 70 }, { ...other, at: far, ship_type: 30 }] });
  await page.getByText('Guard areas').click();
  await page.getByLabel('Name of a new one').fill('Varne bank');
  await page.getByLabel('craft not identified').last().uncheck();
  await page.getByText('Draw it on the chart').click();
  await page.waitForSelector('varne-guard >> text=Choose at least one kind of craft.');
  await page.getByLabel('cargo').check();
  await page.getByText('Draw it on the chart').click();
  const corners: [number, number][] = [[1.2, 50.6], [1.4, 50.6], [1.4, 50.7], [1.2, 50.7]];
  for (const [i, corner] of corners.entries()) {
    const { x, y } = await screenOf(page, corner);
    await page.mouse.click(x, y);
    await page.waitForSelector(`varne-guard >> text=Varne bank: ${i + 1} corners`);
  }
  await page.getByText('Done').click();
  await page.waitForSelector('varne-guard >> text=Guard areas (1)');
  // A fishing boat may be there; a cargo ship raises it, and only once though she lies on its edge.
  mock.push({ tracks: [{ ...other, at: within, ship_type: 30 }] });
  mock.push({ tracks: [{ ...ship, at: within, ship_type: 70 }], now: '2021-11-11T08:01:00Z' });
  await expect.poll(looks).toEqual([expect.stringContaining(`${ship.name} has entered Varne bank 08:01:00 UTC`)]);
  await page.getByLabel('Acknowledge: EXERCISE').click();
  await expect.poll(looks).toEqual([]);
  mock.push({ tracks: [{ ...ship, at: far, ship_type: 70 }], now: '2021-11-11T08:02:00Z' });
  mock.push({ tracks: [{ ...ship, at: within, ship_type: 70 }], now: '2021-11-11T08:03:00Z' });
  await page.waitForSelector('.clock >> text=08:03:00');
  expect(await looks()).toEqual([]);
  // Kept over a reload; who is inside then is no news.
  await page.reload();
  await page.getByText('Guard areas (1)').click();
  const { bytes } = await saved(page, () => page.getByText('Save as GeoJSON').click());
  const { features } = JSON.parse(bytes.toString()) as GeoJSON.FeatureCollection<GeoJSON.Polygon>;
  expect(features.map(({ properties, geometry }) => [properties, geometry.coordinates[0]!.length])).toEqual([[{ name: 'Varne bank', kinds: ['cargo'] }, 5]]);
  expect(await looks()).toEqual([]);
  await page.getByLabel('Delete Varne bank').click();
  await page.waitForSelector('varne-guard summary >> text=/^Guard areas$/');
});

test('it is drawn from the keyboard too, and let go with Esc', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await drawn(page);
  await page.getByText('Guard areas').click();
  await page.getByLabel('Name of a new one').fill('Here');
  await page.keyboard.press('Enter');
  await page.waitForSelector('varne-guard >> text=Here: 0 corners');
  await page.keyboard.press('m');
  for (const [i, key] of ['ArrowDown', 'ArrowRight', 'ArrowUp'].entries()) {
    await page.keyboard.press('Enter');
    await page.waitForSelector(`varne-guard >> text=Here: ${i + 1} corners`);
    const before = await screenOf(page, [1.3, 50.7]);
    await page.keyboard.press(key);
    await expect.poll(() => screenOf(page, [1.3, 50.7])).not.toEqual(before);
  }
  await page.keyboard.press('Escape');
  await page.waitForSelector('varne-guard >> text=Guard areas');
});
