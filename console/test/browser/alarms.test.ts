/** Alarms: seen, heard, counted in the tab, acknowledged once for every console of this browser, and never back by themselves. */
import { afterEach, expect, test } from 'vitest';
import { shown, sitDown } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

const sounding = (d: Desk) => d.page.locator('varne-alarms[sounding]').count();
const looks = (d: Desk) => d.page.locator('varne-alarms .look').count();

test('a distress that nobody goes to is an alarm, silenced or acknowledged, and does not come back by itself', async () => {
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false });
  const { page, mock } = desk;
  await page.waitForSelector('varne-alarms >> text=Distress, nobody going: I1 · A, taking water, engine stopped');
  // What stood in the picture before one sat down is read, and makes no noise.
  expect(await sounding(desk)).toBe(0);
  await expect.poll(() => page.title()).toMatch(/^\(1\) /);
  const third = mock.state.incidents[2]!;
  mock.push({ incidents: [{ ...third, phase: 'distress' }] });
  await expect.poll(() => looks(desk)).toBe(2);
  await expect.poll(() => sounding(desk)).toBe(1);
  await expect.poll(() => page.title()).toMatch(/^\(2\) /);
  await page.getByRole('button', { name: 'Silence' }).click();
  await expect.poll(() => sounding(desk)).toBe(0);
  expect(await looks(desk)).toBe(2);
  await page.getByLabel('Acknowledge: Distress, nobody going: I3').click();
  await expect.poll(() => looks(desk)).toBe(1);
  // The same boat, said of again, is no new alarm.
  mock.push({ incidents: [{ ...third, phase: 'distress', changed: '2021-11-11T08:01:00Z', heard: '2021-11-11T08:01:00Z' }], now: '2021-11-11T08:01:00Z' });
  await page.waitForSelector('.clock >> text=08:01:00');
  expect([await looks(desk), await sounding(desk)]).toEqual([1, 0]);
  // Somebody goes: nothing is owed any more.
  mock.push({ incidents: [{ ...mock.state.incidents[0]!, assigned: [{ unit: 'RNLI Sample', task: 'rescue' }] }] });
  await expect.poll(() => looks(desk)).toBe(0);
  await expect.poll(() => page.title()).not.toMatch(/^\(/);
});

test('what one console acknowledges is acknowledged at the other, and after a reload', async () => {
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false });
  const { page, mock } = desk;
  const other = await page.context().newPage();
  await other.goto(mock.url);
  for (const each of [page, other]) await each.waitForSelector('varne-alarms .look');
  await page.getByLabel('Acknowledge: Distress').click();
  await other.waitForSelector('varne-alarms .look', { state: 'detached' });
  await page.reload();
  await shown(page);
  expect(await looks(desk)).toBe(0);
});

test('a new alarm sounds, and no sound is no sound', async () => {
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false });
  const { page, mock } = desk;
  await page.evaluate(() => {
    const made = (globalThis as unknown as { tones: number[] }).tones = [];
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own context below
    const real = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function (this: AudioContext) {
      (made as number[]).push(Date.now());
      return real.call(this);
    };
  });
  const tones = () => page.evaluate(() => (globalThis as unknown as { tones: number[] }).tones.length);
  await page.waitForSelector('varne-alarms .look');
  expect(await tones()).toBe(0);
  mock.push({ incidents: [{ ...mock.state.incidents[1]!, phase: 'distress', assigned: [] }] });
  await expect.poll(tones).toBeGreaterThanOrEqual(2);
  await page.getByRole('button', { name: 'No sound' }).click();
  await expect.poll(() => sounding(desk)).toBe(0);
});

test('a page that nobody sees hears of an alarm all the same', async () => {
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false });
  const { page, mock } = desk;
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    window.requestAnimationFrame = () => 0;
  });
  mock.push({ incidents: [{ ...mock.state.incidents[1]!, phase: 'distress', assigned: [] }] });
  await expect.poll(() => sounding(desk)).toBe(1);
});

test('a desk that keeps the alarms is told, tells every console, and a new reason is a new alarm', async () => {
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false });
  const { page, mock } = desk;
  const other = await page.context().newPage();
  await other.goto(mock.url);
  await shown(other);
  const raised = (alarm: number, what: string, text: string) => ({ alarm, what, subject: 'I1', text, since: mock.state.now, about: 0, seen_by: '', seen: null });
  mock.push({ alarms: [raised(390, 'nobody_goes', 'Nobody goes to I1')] });
  for (const each of [page, other]) await each.waitForSelector('varne-alarms .look >> text=Nobody goes to I1');
  await expect.poll(() => sounding(desk)).toBe(1);
  mock.instead.push([503, { error: 'the disk is full', taken: false }]);
  await page.getByLabel('Acknowledge: Distress, nobody going: I1').click();
  await page.waitForSelector('varne-alarms >> text=Not acknowledged: the disk is full');
  await page.getByLabel('Acknowledge: Distress, nobody going: I1').click();
  for (const each of [page, other]) await each.waitForSelector('varne-alarms .look', { state: 'detached' });
  expect(mock.asked.reports.at(-1)).toMatchObject({ kind: 'acknowledge', alarm: 390 });
  await expect.poll(() => sounding(desk)).toBe(0);
  // Its unit declines, or it takes water: the desk raises another, and that one sounds.
  mock.push({ alarms: [...mock.state.alarms!, raised(395, 'worse', 'I1 takes water')] });
  await page.waitForSelector('varne-alarms .look >> text=Worse off than before: I1');
  await expect.poll(() => sounding(desk)).toBe(1);
  expect(await looks(desk)).toBe(1);
});

const raise = (d: Desk, alarm: number, rest: Record<string, unknown> = {}) =>
  ({ alarm, what: 'nobody_goes', subject: 'I1', text: 'Nobody goes to I1', since: d.mock.state.now, about: 0, seen_by: '', seen: null, ...rest });

test('an alarm of a replay is acknowledged here, for the replay records nothing', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  mock.push({ alarms: [raise(desk, 390)] });
  await page.getByLabel('Acknowledge: Distress, nobody going: I1').click();
  await expect.poll(() => looks(desk)).toBe(0);
  expect(mock.asked.reports).toEqual([]);
  await page.click('varne-alarms >> text=1 acknowledged');
  await page.waitForSelector('varne-alarms li >> text=acknowledged at this console');
  await page.reload();
  await shown(page);
  await page.waitForSelector('varne-alarms >> text=1 acknowledged');
  expect(await looks(desk)).toBe(0);
  // The same number on another day is another alarm.
  mock.reset({ title: 'Another made-up day' });
  await expect.poll(() => looks(desk)).toBe(1);
});

test('who acknowledged an alarm, and when, is seen at the others, at the boat and at the hand-over', async () => {
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false });
  const { page, mock } = desk;
  mock.push({ alarms: [raise(desk, 390), raise(desk, 391, { what: 'safety_text', subject: '244000001', text: 'MAYDAY RELAY' })] });
  await expect.poll(() => looks(desk)).toBe(2);
  mock.push({
    alarms: [raise(desk, 390, { seen_by: 'anna', seen: '2021-11-11T08:01:10Z' })], last_entry: 402,
    entries: [{ number: 402, time: '2021-11-11T08:01:05Z', kind: 'alarm_seen', body: { text: 'wil acknowledges: MAYDAY RELAY', alarm: 391, from: 'wil' } }],
  });
  await expect.poll(() => looks(desk)).toBe(0);
  await expect.poll(() => page.locator('varne-alarms [role=status]').innerText()).toBe('2 acknowledged, last by anna');
  await page.click('varne-alarms summary');
  await expect.poll(() => page.locator('varne-alarms li').allInnerTexts()).toEqual([
    expect.stringMatching(/Distress, nobody going: I1 .*acknowledged by anna, 08:01:10 UTC/), expect.stringMatching(/^MAYDAY RELAY acknowledged by wil, 08:01:05 UTC/),
  ]);
  await page.click('varne-alarms li >> text=Go there');
  await page.waitForSelector('varne-incident dd >> text=/Distress, nobody going, since .*; acknowledged by anna, 08:01:10 UTC/');
  if (process.env.VARNE_SHOTS) await page.screenshot({ path: `${process.env.VARNE_SHOTS}/alarms-seen.png` });
  await page.getByText('Hand-over', { exact: true }).click();
  await page.waitForSelector('varne-watch >> text=Alarms acknowledged, and their reason stands (1)');
});

test('who may not report may not acknowledge, and is told why', async () => {
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false, me: { account: 'vi', role: 'viewer', demonstration: false, may: ['open', 'self', 'read'] } });
  const { page, mock } = desk;
  mock.push({ alarms: [raise(desk, 390)] });
  const button = page.getByLabel('Acknowledge: Distress, nobody going: I1');
  await expect.poll(() => button.isDisabled()).toBe(true);
  expect(await button.getAttribute('title')).toContain('As viewer you may not do this.');
});

test('what was acknowledged leaves the chart beside it to the pointer', async () => {
  desk = await sitDown({ ships: 1, mode: 'live', exercise: false });
  const { page } = desk;
  await page.getByLabel('Acknowledge: Distress').click();
  const chip = page.locator('varne-alarms .dealt');
  await chip.waitFor();
  const { x, y, height } = (await chip.boundingBox())!;
  const hit = await page.locator('varne-app').evaluate((app, [left, top]) => app.shadowRoot!.elementFromPoint(left!, top!)?.localName, [x - 40, y + height / 2]);
  expect(hit).toBe('varne-chart');
});
