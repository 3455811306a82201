/** What stands on the chart. */
import { afterEach, expect, test } from 'vitest';
import type { Forecast, LonLat, Mark } from '../../src/api';
import { chartColours } from '../../src/palette';
import { drawn, goTo, has, pixels, screenOf, shown, sitDown } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

test('the first picture holds coast, ships, units and incidents, each where it is', async () => {
  desk = await sitDown({ ships: 40 });
  const { page, mock } = desk;
  await drawn(page);
  const { day } = chartColours;
  const colourAt = async (at: LonLat) => pixels(page, await screenOf(page, at));
  const stands = (at: LonLat, colour: number[], what: string, tolerance?: number) => expect.poll(async () => has(await colourAt(at), colour, tolerance), { message: what }).toBe(true);
  await stands([1.1, 51.25], [241, 234, 214], 'land', 8);
  await stands([1.0, 50.6], [219, 232, 239], 'sea', 8);
  const ship = mock.state.tracks.find((track) => track.mmsi && track.at[1] < 50.8)!;
  await stands(ship.at, day.ship, 'ship');
  await stands(mock.state.incidents[0]!.at!, day.distress, 'incident');
  await stands(mock.state.units[0]!.at!, day.unit, 'unit');
});

test.each(['day', 'night'] as const)('until the chart stands a sketch shows the same at the same places, by %s, and goes with it', async (palette) => {
  desk = await sitDown({ ships: 40 });
  const { page, mock } = desk;
  await drawn(page);
  await expect.poll(() => page.locator('varne-sketch').count()).toBe(0);
  if (palette === 'night') await page.keyboard.press('w');
  const colours = chartColours[palette];
  const rgb = (hex: string) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  const ship = mock.state.tracks.find((track) => track.mmsi && track.at[1] < 50.8)!;
  const places: [LonLat, number[], string, number?][] = [
    [[1.1, 51.25], rgb(colours.land), 'land', 8], [[1.0, 50.6], rgb(colours.sea), 'sea', 8],
    [ship.at, colours.ship, 'ship', 40], [mock.state.incidents[0]!.at!, colours.distress, 'incident'], [mock.state.units[0]!.at!, colours.unit, 'unit'],
  ];
  const onScreen = await Promise.all(places.map(([at]) => screenOf(page, at)));
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/assets/chart-*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await page.waitForFunction(() => performance.getEntriesByName('varne-first-picture').length > 0);
  for (const [i, [, colour, what, tolerance]] of places.entries())
    await expect.poll(async () => has(await pixels(page, onScreen[i]!), colour, tolerance), { message: what }).toBe(true);
  expect(await page.locator('varne-chart[drawn]').count()).toBe(0);
  release();
  await drawn(page);
  await expect.poll(() => page.locator('varne-sketch').count()).toBe(0);
});

test('a ship that moves leaves its old place and stands in its new one', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await drawn(page);
  const { ship } = chartColours.day;
  const ownship = { ...mock.state.tracks[0]!, speed_mps: 0, at: [1.2, 50.65] as [number, number] };
  mock.push({ tracks: [ownship] });
  const before = await screenOf(page, ownship.at);
  await expect.poll(async () => has(await pixels(page, before), ship)).toBe(true);
  const moved: [number, number] = [1.35, 50.72];
  mock.push({ tracks: [{ ...ownship, at: moved }] });
  const after = await screenOf(page, moved);
  await expect.poll(async () => has(await pixels(page, after), ship)).toBe(true);
  await expect.poll(async () => has(await pixels(page, before), ship)).toBe(false);
  mock.push({ gone: [ownship.id] });
  await expect.poll(async () => has(await pixels(page, after), ship)).toBe(false);
});

test.each(['day', 'night'] as const)('marks and base stations stand on the chart as what they are, by %s', async (palette) => {
  desk = await sitDown({ ships: 3, mode: 'live' });
  const { page, mock } = desk;
  await drawn(page);
  if (palette === 'night') await page.keyboard.press('w');
  const mark = (mmsi: number, name: string, at: [number, number], more: Partial<Mark> = {}): Mark =>
    ({ mmsi, kind: 'aid_to_navigation', name, at, virtual: false, off_position: false, updated: mock.state.now, ...more });
  const real = mark(992351001, 'VARNE', [1.2, 50.72]);
  const virtual = mark(992356002, 'WRECK', [1.3, 50.72], { virtual: true });
  const adrift = mark(992351003, 'SANDETTIE', [1.4, 50.72], { off_position: true });
  const station = mark(2320001, '', [1.5, 50.72], { kind: 'base_station' });
  mock.push({ marks: [real, virtual, adrift, station] });
  const colours = chartColours[palette];
  const colourAt = async ({ at }: Mark) => pixels(page, await screenOf(page, at!), 19);
  for (const one of [real, virtual, station])
    await expect.poll(async () => has(await colourAt(one), colours.mark, 40), { message: one.name }).toBe(true);
  await expect.poll(async () => has(await colourAt(adrift), colours.alert, 40)).toBe(true);
  const { x, y } = await screenOf(page, virtual.at!);
  await page.mouse.click(x, y);
  await page.waitForSelector('varne-mark >> text=virtual: nothing is there');
  if (process.env.VARNE_SHOTS) await page.screenshot({ path: `${process.env.VARNE_SHOTS}/marks-${palette}.png` });
  await goTo(page, 'sandettie');
  await page.waitForSelector('varne-mark >> text=it is off its charted position');
  mock.push({ marks_gone: [real.mmsi] });
  await expect.poll(async () => has(await colourAt(real), colours.mark, 40)).toBe(false);
});

test('10,000 ships move and a cloud of 20,000 points stands among them', async () => {
  desk = await sitDown({ ships: 10_000, cloud: 20_000 });
  const { page, mock } = desk;
  await drawn(page);
  await page.click('varne-incidents button[data-id=I1]');
  await page.waitForSelector('text=20,000 particles');
  const sent = 5;
  for (let i = 0; i < sent; i++) mock.sail(30);
  await page.waitForFunction((now) => document.querySelector('varne-app')!.shadowRoot!.querySelector('.clock')!.textContent.includes(now), mock.state.now.slice(11, 19));
  // Contour, cloud and a ship away from it, all on the screen after the moves.
  const colourAt = async (at: [number, number], side = 9) => pixels(page, await screenOf(page, at), side);
  const { day } = chartColours;
  const forecast = await (await fetch(`${mock.url}/api/incidents/I1/forecast`)).json() as Forecast;
  const contour = forecast.snapshots[1]!.contour90[0]!;
  const somewhere = async (places: [number, number][], colour: number[]) => {
    for (const at of places) if (has(await colourAt(at, 11), colour, 45)) return true;
    return false;
  };
  // Ships and names lie over parts of it: seen at one of its corners is seen.
  await expect.poll(() => somewhere(contour.filter((_, i) => i % 5 === 0), day.contour)).toBe(true);
  const inView: [number, number][] = [];
  for (const { at, mmsi } of mock.state.tracks) {
    if (inView.length === 8) break;
    const { x, y } = mmsi ? await screenOf(page, at) : { x: 0, y: 0 };
    if (x > 330 && x < 990 && y > 580 && y < 690) inView.push(at);
  }
  expect(inView.length).toBeGreaterThan(0);
  await expect.poll(() => somewhere(inView, day.ship)).toBe(true);
  expect(mock.state.tracks).toHaveLength(10_000);
});

test('the slider shows the forecast at the time it is held over, and asks for that time when let go', async () => {
  desk = await sitDown({});
  const { page, mock } = desk;
  await drawn(page);
  await page.click('varne-incidents button[data-id=I1]');
  await page.waitForSelector('text=Forecast for 08:00 UTC');
  const slider = page.getByRole('slider', { name: 'Time of day' });
  const box = (await slider.boundingBox())!;
  await page.mouse.move(box.x + box.width * (8 / 24), box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
  await page.waitForSelector('text=/Forecast for 1[12]:/');
  expect(mock.asked.play).toEqual([]);
  await page.mouse.up();
  await expect.poll(() => mock.asked.play.length).toBe(1);
  expect(mock.asked.play[0]?.to).toMatch(/^2021-11-11T1[12]:/);
  await page.waitForSelector('text=/Forecast for 1[12]:/');
  await expect.poll(async () => page.locator('.clock').textContent()).toMatch(/^1[12]:/);
});

test('a boat whose people are all aboard a unit is grey on the chart and beside it', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await drawn(page);
  const { day } = chartColours;
  const [boat] = mock.state.incidents;
  const seen = async () => pixels(page, await screenOf(page, boat!.at!), 24);
  await expect.poll(async () => has(await seen(), day.distress)).toBe(true);
  mock.push({ incidents: [{ ...boat!, all_aboard: true, states: { at_sea: [0, 0], rescued: [33, 33] } }] });
  await expect.poll(async () => has(await seen(), day.distress)).toBe(false);
  expect(has(await seen(), day.safe)).toBe(true);
  await page.click('varne-incidents button[data-id=I1]');
  await page.waitForSelector('varne-incident >> text=distress (DETRESFA), all aboard a unit');
});

test('looking ahead in an incident moves the cloud and not the clock', async () => {
  desk = await sitDown({});
  const { page, mock } = desk;
  await page.click('varne-incidents button[data-id=I1]');
  await page.getByLabel('follows the clock').press('End');
  await page.waitForSelector('text=Forecast for 19:00 UTC');
  await expect.poll(() => page.locator('.clock').textContent()).toContain('08:00:00');
  expect(mock.asked.play).toEqual([]);
  await page.click('text=Follow the clock');
  await page.waitForSelector('text=Forecast for 08:00 UTC');
});

test('night that is asked for while the chart still loads is dark when it stands', async () => {
  desk = await sitDown({ ships: 10 });
  const { page } = desk;
  // From the moment that there is a chart its style waits for a frame: none comes until it is let go.
  await page.addInitScript(() => {
    const real = requestAnimationFrame.bind(window);
    const held: FrameRequestCallback[] = [];
    const begun = () => document.querySelector('varne-app')?.shadowRoot?.querySelector('varne-chart')?.shadowRoot?.querySelector('.maplibregl-map');
    let free = false;
    window.requestAnimationFrame = (call) => real((now) => void (begun() && !free ? held.push(call) : call(now)));
    Object.assign(window, { letGo: () => ((free = true), held.splice(0).forEach(real)) });
  });
  await page.reload();
  await shown(page);
  await page.waitForSelector('varne-chart .maplibregl-map');
  await page.click('text=Night');
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.obcTheme)).toBe('night');
  await page.evaluate(() => (window as unknown as { letGo(): void }).letGo());
  await drawn(page);
  const sea = await screenOf(page, [1.0, 50.6]);
  await expect.poll(async () => has(await pixels(page, sea), [5, 3, 2], 6)).toBe(true);
});

test('night is dark in the panels and on the chart, and is remembered', async () => {
  desk = await sitDown({ ships: 10 });
  const { page } = desk;
  await drawn(page);
  await page.click('text=Night');
  const sea = await screenOf(page, [1.0, 50.6]);
  await expect.poll(async () => has(await pixels(page, sea), [5, 3, 2], 6)).toBe(true);
  for (const middle of [{ x: 150, y: 180 }, { x: 480, y: 320 }, { x: 700, y: 400 }, { x: 1200, y: 200 }, { x: 400, y: 740 }]) {
    const blinding = (await pixels(page, middle, 120)).filter(([r, g, b]) => Math.min(r!, g!, b!) > 160 || b! > 210);
    expect(blinding, 'white or blue at night').toEqual([]);
  }
  await page.reload();
  await drawn(page);
  expect(await page.evaluate(() => document.documentElement.dataset.obcTheme)).toBe('night');
  await expect.poll(async () => has(await pixels(page, sea), [5, 3, 2], 6)).toBe(true);
});
