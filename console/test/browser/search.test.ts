/** A search: asked for as people give it, drawn on the chart, changed by hand, scored, taken out of the door and ordered. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, expect, test } from 'vitest';
import type { VarneChart } from '../../src/chart/chart';
import { drawn, screenOf, shown, sitDown, wordsIn } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

const field = (name: string) => desk.page.locator(`varne-search [name=${name}]`);
const asked = () => desk.mock.asked.searches.at(-1);
const press = (words: string) => desk.page.locator('varne-search obc-button', { hasText: words }).click();
const onChart = () => desk.page.locator('varne-chart').evaluate((chart) => (chart as VarneChart).search);

async function open(id = 'I1'): Promise<void> {
  await desk.page.click(`varne-incidents button[data-id=${id}]`);
  await desk.page.click('varne-incident button[data-deed=plan_search]');
  await desk.page.waitForSelector('varne-search dialog[open]');
}

/** Asks for the shortest that can be asked for. */
async function plan(...units: string[]): Promise<void> {
  await field('object').fill('raft 10 person');
  for (const unit of units) await desk.page.locator('varne-search').getByLabel(new RegExp(`^ ?${unit}`)).check();
  await press('Plan');
  await desk.page.waitForSelector('varne-search >> text=POS 62 %');
}

test('it is asked for as people give it, and sent as the desk takes it', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await open();
  // All that is missing is said at once.
  await press('Plan');
  await page.waitForSelector('varne-search >> text=Say what is looked for.');
  await page.waitForSelector('varne-search >> text=Choose at least one unit.');
  expect(mock.asked.searches).toHaveLength(0);
  // Wind and waves begin as the desk has them.
  await expect.poll(() => field('wind').inputValue()).toBe('8');
  await field('object').fill('raft 10 person');
  await field('from').fill('in 20 min');
  await field('hours').fill('1,5');
  await field('visibility').fill('5 NM');
  await field('wind').fill('12 kn');
  await field('height').fill('14 ft');
  await field('pattern').selectOption('creeping_line');
  await field('osc').fill('Cutter Sample');
  const list = page.locator('varne-search');
  await list.getByLabel(/^ ?RNLI Sample/).check();
  await list.getByLabel(/^ ?Cutter Sample/).check();
  // The one's search speed is on the list, the other's is asked for.
  expect(await list.getByLabel('Search speed, kn').count()).toBe(1);
  await list.getByLabel('Search speed, kn').fill('10');
  await list.getByLabel('Sweep width, NM').first().fill('0.5');
  await press('Plan');
  await page.waitForSelector('varne-search >> text=Say who stands for this sweep width.');
  await list.getByLabel('Its source').first().fill('SMC, by trial');
  await press('Plan');
  await page.waitForSelector('varne-search >> text=POS 62 %');
  expect(asked()).toMatchObject({
    object: 'raft 10 person', from: '2021-11-11T08:20:00Z', length: 5400, pattern: 'creeping_line', fixed: false, night: false, osc: 'Cutter Sample', sea_m: 0.4,
  });
  const { visibility_m, wind_mps, height_m, units } = asked() as { visibility_m: number; wind_mps: number; height_m: number; units: Record<string, unknown>[] };
  expect([visibility_m, wind_mps, height_m].map((each) => Number(each.toFixed(2)))).toEqual([9260, 6.17, 4.27]);
  expect(units.map(({ unit }) => unit).sort()).toEqual(['Cutter Sample', 'RNLI Sample']);
  expect(units.some(({ source, sweep_width_m }) => source === 'SMC, by trial' && sweep_width_m === 926)).toBe(true);
  const said = await wordsIn(page, 'varne-search');
  expect(said).toContain('At least 96 % of the best possible');
  expect(said).toContain('A manual square on the datum would find 51 %');
  expect(said).toContain('Avion Exemple is left out: its search speed is not known');
});

test('what the desk refuses stands at its field', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  mock.insteadOfPlans.push([400, { error: 'units[0]: source: is needed: who stands for this sweep width?' }], [400, { error: 'visibility_m: must be above 0' }]);
  await open();
  await field('object').fill('raft 10 person');
  await page.locator('varne-search').getByLabel(/^ ?RNLI Sample/).check();
  await press('Plan');
  await page.waitForSelector('varne-search [id^=source_] >> text=who stands for this sweep width');
  await press('Plan');
  await page.waitForSelector('#visibility-wrong >> text=must be above 0');
});

test('boxes and patterns lie on the chart while the plan is open, and go when another incident is chosen', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await drawn(page);
  await open();
  await plan('RNLI Sample', 'Cutter Sample');
  await expect.poll(async () => (await onChart())?.boxes.map(({ name }) => name).sort()).toEqual(['Cutter Sample, box 1', 'RNLI Sample, box 1']);
  expect((await onChart())!.ways.every((way) => way.length === 6)).toBe(true);
  if (process.env.VARNE_SHOTS) await page.screenshot({ path: `${process.env.VARNE_SHOTS}/search-day.png` });
  await page.click('varne-incidents button[data-id=I2]');
  await page.waitForSelector('varne-search dialog', { state: 'hidden' });
  await expect.poll(onChart).toBeNull();
  // Back at the first, the plan is still there.
  await open();
  await page.waitForSelector('varne-search >> text=POS 62 %');
  await expect.poll(async () => (await onChart())?.boxes.length).toBe(2);
  await page.keyboard.press('Escape');
  await expect.poll(onChart).toBeNull();
  expect(await page.locator('.details').count()).toBe(1);
});

test('what was planned at one console is there at the next, and is scored and ordered from there', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await open();
  await plan('RNLI Sample');
  // Another officer sits down.
  await page.reload();
  await shown(page);
  await open();
  await page.waitForSelector('varne-search >> text=Planned at 08:00 on forecast F1.');
  await page.waitForSelector('varne-search >> text=POS 62 %');
  await expect.poll(async () => (await onChart())?.boxes.length).toBe(1);
  await page.getByLabel('Change RNLI Sample, box 1').click();
  await field('box_axis').fill('090');
  await field('box_axis').press('Tab');
  await press('Score as drawn');
  await page.waitForSelector('varne-search >> text=POS 41 %');
  expect(asked()).toMatchObject({ object: 'raft 10 person', boxes: [{ unit: 'RNLI Sample', axis_deg: 90 }] });
  expect(mock.asked.searches).toHaveLength(2);
});

test('a box is changed by figures and by hand, and scored as it is drawn', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await drawn(page);
  await open();
  await plan('RNLI Sample');
  await page.getByLabel('Change RNLI Sample, box 1').click();
  await field('box_length').fill('4 NM');
  await field('box_length').press('Tab');
  await field('box_axis').fill('090');
  await field('box_axis').press('Tab');
  await page.waitForSelector('varne-search >> text=Boxes were changed');
  await field('box_width').fill('wide');
  await field('box_width').press('Tab');
  await page.waitForSelector('varne-search >> text=This cannot be read: wide');
  await field('box_width').fill('1.5');
  await field('box_width').press('Tab');
  const [box] = (await onChart())!.boxes;
  const centre = box!.centre;
  const from = await screenOf(page, centre);
  const to = { x: from.x + 40, y: from.y + 30 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await onChart())!.boxes[0]!.centre[1]).toBeLessThan(centre[1]);
  // The box is where the hand let go, and the chart did not move with it.
  const moved = await screenOf(page, (await onChart())!.boxes[0]!.centre);
  expect(Math.hypot(moved.x - to.x, moved.y - to.y)).toBeLessThan(3);
  await press('Score as drawn');
  await page.waitForSelector('varne-search >> text=POS 41 %');
  const { boxes } = asked() as { boxes: Record<string, unknown>[] };
  expect(boxes).toHaveLength(1);
  expect(boxes[0]).toMatchObject({ unit: 'RNLI Sample', length_m: 7408, width_m: 2778, axis_deg: 90 });
  expect(boxes[0]).not.toHaveProperty('coverage');
  expect(mock.asked.searches).toHaveLength(2);
  expect(await wordsIn(page, 'varne-search')).not.toContain('Boxes were changed');
});

test('routes and message leave the house', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await open();
  await plan('RNLI Sample');
  const kept = async (words: string) => {
    const download = page.waitForEvent('download');
    await page.locator('varne-search').getByText(words, { exact: true }).click();
    return (await download).suggestedFilename();
  };
  expect(await kept('GPX')).toBe('varne-search-I1.gpx');
  expect(await kept('GeoJSON')).toBe('varne-search-I1.geojson');
  expect(await kept('RTZ: RNLI Sample, box 1')).toBe('varne-search-I1.RNLI-Sample-box-1.rtz');
  await page.locator('varne-search summary', { hasText: 'Search action message' }).click();
  await page.waitForSelector('varne-search pre >> text=OBJECT RAFT 10 PERSON');
});

test('its units are ordered, one order each, after a yes, and what failed is sent again as the same order', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await open();
  await plan('RNLI Sample', 'Cutter Sample');
  await press('Order these units to search');
  expect(mock.asked.reports).toHaveLength(0);
  mock.instead.push([503, { error: 'the disk is full' }]);
  await press('Yes, order 2');
  await page.waitForSelector('varne-search >> text=the disk is full');
  await page.waitForSelector('varne-search >> text=Tried in the sandbox');
  await press('Yes, order 1');
  await page.waitForSelector('varne-search .orders obc-button', { state: 'detached' });
  const reports = mock.asked.reports as { id: string; unit: string; reason: string }[];
  expect(reports).toHaveLength(3);
  expect(reports[2]).toEqual(reports[0]);
  expect(new Set(reports.map(({ unit }) => unit))).toEqual(new Set(['RNLI Sample', 'Cutter Sample']));
  expect(reports[1]).toMatchObject({ kind: 'order', task: 'search', boat: 'I1', from: 'MRCC Dover' });
  expect(reports[1]!.reason).toMatch(/^parallel sweep: 5.°.*E, 3\.00 by 1\.50 NM, axis 040°, 08:00 to 10:00 UTC$/);
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test.each([['day', 1366, 768], ['night', 1366, 768], ['day', 390, 844]])('by %s, %d wide, axe has no serious finding and the words fit', async (palette, width, height) => {
  desk = await sitDown({ ships: 5 });
  const { page } = desk;
  await page.setViewportSize({ width, height });
  await drawn(page);
  if (palette === 'night') await page.keyboard.press('w');
  await open();
  await plan('RNLI Sample', 'Cutter Sample');
  await page.getByLabel('Change RNLI Sample, box 1').click();
  await page.locator('varne-search summary', { hasText: 'Search action message' }).click();
  const found = await page.evaluate(async (source) => {
    (0, eval)(source);
    const { violations } = await (window as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { target: unknown[] }[] }[] }> } }).axe.run();
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id} ${JSON.stringify(nodes.map(({ target }) => target))}`);
  }, axe);
  expect(found).toEqual([]);
  const wide = await page.locator('varne-search dialog').evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  if (process.env.VARNE_SHOTS) await page.screenshot({ path: `${process.env.VARNE_SHOTS}/search-${palette}-${width}.png` });
});
