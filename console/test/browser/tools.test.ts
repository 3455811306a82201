/** The chart as a tool: ruler, lines ahead, go to a position, and the sea by keyboard. */
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import type { LonLat } from '../../src/api';
import { drawn, goTo, pixels, saved, screenOf, sitDown, wordsIn } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

/** How many craft the chart draws. */
const craft = (page: Page) => page.locator('varne-chart').evaluate((chart) => (chart as unknown as { tracks: unknown[] }).tracks.length);

test('the ruler says range, bearing and how long a unit takes, from where it was laid', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await drawn(page);
  const unit = { ...mock.state.units[0]!, at: [1.05, 50.8] as [number, number], speed_mps: (24 * 1852) / 3600 };
  mock.push({ units: [unit], tracks: [], gone: mock.state.tracks.map(({ id }) => id) });
  // West of the alarms: what lies over the chart takes its clicks.
  await page.keyboard.press('b');
  await page.waitForSelector('.ruled >> text=From where?');
  const click = async (at: [number, number]) => {
    const { x, y } = await screenOf(page, at);
    await page.mouse.move(x, y);
    await page.mouse.click(x, y);
  };
  // The chart has the unit where it is now: from there on a click finds it.
  await expect.poll(() => page.locator('varne-chart').evaluate((chart) => (chart as unknown as { units: { at: LonLat }[] }).units.map(({ at }) => at.join()))).toContain(unit.at.join());
  await click(unit.at);
  await page.waitForSelector(`.ruled >> text=${unit.name} to`);
  // Six miles south along the meridian, to a pixel: a quarter of an hour at 24 knots.
  await click([1.05, 50.7]);
  const read = () => page.locator('.ruled').textContent();
  await expect.poll(read).toMatch(new RegExp(`^${unit.name} to here: (179|18[01])°, (5\\.9|6\\.[01]) NM, 1[5-6] min at 24\\.0 kn, straight$`));
  // Laid, it stays while the pointer goes on; nothing was selected.
  const laid = await read();
  await page.mouse.move(700, 300);
  expect(await read()).toBe(laid);
  await expect.poll(() => page.locator('.details').count()).toBe(0);
  if (process.env.VARNE_SHOTS) await page.screenshot({ path: `${process.env.VARNE_SHOTS}/ruler.png` });
  await page.keyboard.press('Escape');
  await page.waitForSelector('.ruled', { state: 'detached' });
});

test('lines ahead grow with V and can be left out', async () => {
  desk = await sitDown({ ships: 3 });
  const { page } = desk;
  await drawn(page);
  for (const words of ['6 min ahead', '12 min ahead', '30 min ahead', '60 min ahead', 'No lines ahead', '6 min ahead']) {
    await page.waitForSelector(`.tools >> text=${words}`);
    await page.keyboard.press('v');
  }
});

test('a position typed into Find is gone to and asked about', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await drawn(page);
  await page.keyboard.press('/');
  await page.keyboard.type('50 48.5 N 1 12,0 E');
  await page.waitForSelector('varne-find >> text=50°48.50′N 001°12.00′E');
  await page.keyboard.press('Enter');
  await page.waitForSelector('varne-sea >> text=Tidal stream');
  const chart = (await page.locator('varne-chart').boundingBox())!;
  await expect.poll(async () => {
    const { x, y } = await screenOf(page, [1.2, 50.808333]);
    return Math.hypot(x - chart.x - chart.width / 2, y - chart.y - chart.height / 2);
  }).toBeLessThan(4);
});

test('the sea is asked by keyboard at the middle of the chart', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await drawn(page);
  mock.push({ gone: mock.state.tracks.map(({ id }) => id) });
  await expect.poll(() => craft(page)).toBe(0);
  await page.keyboard.press('m');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.details');
  await expect.poll(() => wordsIn(page, 'varne-sea')).toMatch(/50°5\d\.\d\d′N 001°3\d\.\d\d′E/);
});

test('a ship that another passes close by says when and how near', async () => {
  desk = await sitDown({ ships: 2 });
  const { page, mock } = desk;
  await drawn(page);
  const knots = 1852 / 3600;
  const [one, other] = mock.state.tracks as [(typeof mock.state.tracks)[0], (typeof mock.state.tracks)[0]];
  mock.push({ tracks: [
    { ...one, at: [1.3, 50.7], speed_mps: 10 * knots, course_deg: 0 },
    { ...other, name: 'HEAD ON', at: [1.3, 50.8], speed_mps: 10 * knots, course_deg: 180 },
  ] });
  await goTo(page, String(one.mmsi));
  await page.waitForSelector('varne-track >> text=HEAD ON');
  await expect.poll(() => wordsIn(page, 'varne-track')).toMatch(/HEAD ON\s*CPA 0 m, TCPA (18|19) min/);
});

test('layers are chosen and remembered, and what is outside the chart is not drawn as sea', async () => {
  desk = await sitDown({ ships: 6 });
  const { page } = desk;
  await drawn(page);
  await expect.poll(() => craft(page)).toBe(6);
  await page.getByText('Layers').click();
  await page.getByLabel('ships (AIS)').uncheck();
  await expect.poll(() => craft(page)).toBe(1);
  await page.reload();
  await drawn(page);
  await expect.poll(() => craft(page)).toBe(1);
  // The made-up coast ends at 50.3 N: south of it nothing is known.
  await page.locator('varne-chart').evaluate((chart) => (chart as unknown as { centreOn(at: [number, number]): void }).centreOn([1.2, 50.27]));
  const colour = async (at: [number, number]) => (await pixels(page, await screenOf(page, at), 1))[0];
  await expect.poll(() => colour([1.2, 50.24])).toEqual([195, 198, 200]);
  await expect.poll(() => colour([1.05, 50.33])).toEqual([219, 232, 239]);
});

test('the picture is saved as GPX and as an image', async () => {
  desk = await sitDown({ ships: 3 });
  const { page } = desk;
  await drawn(page);
  const kept = (words: string) => saved(page, () => page.locator('varne-tools').getByText(words, { exact: true }).click());
  await page.getByText('Save', { exact: true }).click();
  const gpx = await kept('GPX');
  expect(gpx.name).toBe('varne-20211111T080000.gpx');
  expect(gpx.bytes.toString()).toContain('<name>I1 · A</name>');
  const image = await kept('PNG');
  expect(image.bytes.subarray(1, 4).toString()).toBe('PNG');
  // Sea, land and craft: an image of one colour would be far smaller.
  expect(image.bytes.length).toBeGreaterThan(20_000);
});
