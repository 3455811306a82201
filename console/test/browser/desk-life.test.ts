/** The connection, the clock, the keyboard and the size of the screen. */
import { afterEach, expect, test } from 'vitest';
import { drawn, sitDown } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

test('a lost connection says so with the age of the picture, and mends itself', async () => {
  desk = await sitDown({ ships: 5 });
  const { page, mock } = desk;
  // A page that stands: one that still fetches its chart complains of that too.
  await drawn(page);
  mock.cut();
  await page.waitForSelector('text=Connection lost');
  await page.waitForSelector('text=/as it was at 08:00:00 UTC, [1-9]\\d* (s|min) ago/');
  mock.state.now = '2021-11-11T08:30:00Z';
  mock.mend();
  await page.waitForSelector('text=Connection lost', { state: 'detached' });
  await expect.poll(() => page.locator('.clock').textContent()).toContain('08:30:00');
});

test('a server that keeps the connection and says nothing is said to be lost, everywhere at once', async () => {
  const began = Date.now();
  desk = await sitDown({ ships: 5, mode: 'live' });
  const { page, mock } = desk;
  await page.waitForSelector('text=/^LIVE$/');
  mock.freeze();
  await page.waitForSelector('text=Connection lost');
  await page.waitForSelector('text=NOT LIVE');
  await expect.poll(() => page.title()).toContain('CONNECTION LOST');
  await page.waitForSelector('.clock.stopped');
  // The age counts from the last word, not from when the silence was noticed; and no word is older than the page.
  const said = Number((await page.locator('.lost').textContent())!.match(/UTC, (\d+) s ago/)![1]);
  expect(said).toBeGreaterThanOrEqual(2);
  expect(said).toBeLessThanOrEqual(Math.ceil((Date.now() - began) / 1000));
  mock.mend();
  await page.waitForSelector('text=/^LIVE$/');
});

test('a desk that starts says how far it is, everywhere a lost one does, and is taken up again', async () => {
  desk = await sitDown({ ships: 5, mode: 'live' });
  const { page, mock } = desk;
  await drawn(page);
  mock.start({ what: 'record', done: 430, of: 1000 });
  await page.waitForSelector('.lost >> text=/The desk is starting.*It reads its record and its journal.*43 % done.*as it was at 08:00:00 UTC/s');
  await page.waitForSelector('text=NOT LIVE');
  await page.waitForSelector('.clock.stopped');
  mock.start({ what: 'record', done: 990, of: 1000 });
  await page.waitForSelector('.lost >> text=99 % done');
  mock.cut();
  mock.start(null as never);
  await page.waitForSelector('.lost >> text=Connection lost');
  mock.mend();
  await page.waitForSelector('text=/^LIVE$/');
  await expect.poll(() => page.locator('.lost').count()).toBe(0);
});

test('a replay takes reports into a sandbox, says so on every view, and leads back to the day as it was', async () => {
  desk = await sitDown({ ships: 5 });
  const { page, mock } = desk;
  expect(await page.locator('.sandbox').count()).toBe(0);
  await page.keyboard.press('r');
  await page.waitForSelector('varne-report >> text=This is a replay: what you send is tried out in a sandbox and recorded nowhere.');
  await page.locator('dialog [name=from]').fill('caller');
  await page.locator('dialog [name=at]').fill('51 02,35 N 1 21,1 E');
  await page.keyboard.press('Enter');
  await page.waitForSelector('varne-report >> text=/Tried in the sandbox as ent/');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.sandbox >> text=/SANDBOX.*Since 08:00:00 UTC/s');
  await page.getByText('Back to the day as it was').click();
  await expect.poll(() => mock.asked.play.at(-1)).toMatchObject({ to: '2021-11-11T08:00:00Z' });
  await page.waitForSelector('.sandbox', { state: 'detached' });
});

test('a reset replaces the whole picture', async () => {
  desk = await sitDown({ ships: 5 });
  const { page, mock } = desk;
  await drawn(page);
  await page.click('varne-incidents button[data-id=I3]');
  await page.keyboard.press('h');
  mock.reset({ now: '2021-11-11T03:00:00Z', incidents: mock.state.incidents.slice(0, 1), tracks: [], entries: [] });
  await expect.poll(() => page.locator('varne-incidents button.row').count()).toBe(1);
  await page.waitForSelector('text=Incident I3 is not in the picture at this time.');
  await expect.poll(() => page.locator('varne-feed button.row').count()).toBe(0);
  await expect.poll(() => page.locator('[aria-live=assertive]').textContent()).toBe('');
  await expect.poll(() => mock.asked.paths.filter((path) => path === 'GET /api/incidents/I3').length).toBe(1);
  // Names on the chart too, though nothing comes after the jump: paused, the reset is the last news.
  const names = () => page.locator('varne-chart').evaluate((chart) => (chart as unknown as { labels: { key: string }[] }).labels.map(({ key }) => key));
  await expect.poll(names).not.toContain('I3');
  await expect.poll(names).toContain('I1');
  await page.keyboard.press('Escape');
  mock.reset({ incidents: [] });
  await expect.poll(names).not.toContain('I1');
});

test('play, pause and speed ask the server and show what it says', async () => {
  desk = await sitDown({ ships: 5 });
  const { page, mock } = desk;
  await page.waitForSelector('#play');
  await page.click('#play');
  await expect.poll(() => mock.asked.play.at(-1)).toEqual({ playing: true });
  await page.waitForSelector('#play[aria-label=Pause]');
  await page.getByLabel('Speed of the replay').selectOption('600');
  await expect.poll(() => mock.asked.play.at(-1)).toEqual({ speed: 600 });
  // What the server says of it, and not only what was asked for.
  await page.locator('option[selected][value="600"]').waitFor({ state: 'attached' });
  await page.locator('.clock').click();
  await page.keyboard.press(',');
  await expect.poll(() => mock.asked.play.at(-1)).toEqual({ speed: 300 });
  await expect.poll(() => page.getByLabel('Speed of the replay').inputValue()).toBe('300');
});

test('live, there is no slider and the word LIVE stands in its place', async () => {
  desk = await sitDown({ ships: 5, mode: 'live', exercise: false });
  const { page } = desk;
  await page.waitForSelector('text=LIVE');
  expect(await page.getByRole('slider', { name: 'Time of day' }).count()).toBe(0);
  await expect.poll(() => page.locator('.exercise').count()).toBe(0);
});

test('an exercise is marked on every view', async () => {
  desk = await sitDown({ ships: 5 });
  const { page } = desk;
  for (const [key, view] of [['n', 'varne-incident'], ['w', 'html[data-obc-theme=night]'], ['?', 'varne-help dialog[open]'], ['Escape', 'varne-help dialog:not([open])'], ['r', 'varne-report dialog[open]']] as const) {
    await page.keyboard.press(key);
    await page.locator(view).waitFor({ state: 'attached' });
    await expect.poll(() => page.locator('.exercise').isVisible()).toBe(true);
    await expect.poll(() => page.locator('.exercise').innerText()).toContain('EXERCISE');
    await expect.poll(() => page.title()).toMatch(/^(\(\d+\) )?EXERCISE · /);
  }
});

test('without a pointer: find a ship, walk the incidents, open the record, play, send a report', async () => {
  desk = await sitDown({ ships: 40 });
  const { page, mock } = desk;
  await drawn(page);
  await page.keyboard.press('/');
  await page.keyboard.type('exercise 7');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.waitForSelector('varne-track >> text=EXERCISE 7');
  await page.keyboard.press('n');
  await page.waitForSelector('varne-incident >> text=I1');
  await page.keyboard.press('i');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForSelector('varne-incident >> text=I2');
  await page.keyboard.press('f');
  await page.keyboard.press('Enter');
  await page.waitForSelector('varne-feed pre');
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press(' ');
  await expect.poll(() => mock.asked.play.at(-1)).toEqual({ playing: true });
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.details').count()).toBe(0);
  await page.keyboard.press('?');
  await page.waitForSelector('varne-help dialog[open]');
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await page.waitForSelector('varne-report dialog[open]');
});

test('Tab reaches every control, and each shows that it has the focus', async () => {
  desk = await sitDown({ ships: 5 });
  const { page } = desk;
  await drawn(page);
  await page.keyboard.press('n');
  await page.waitForSelector('varne-incident >> text=caller says');
  const names: string[] = [];
  for (let i = 0; i < 50; i++) {
    await page.keyboard.press('Tab');
    const { name, ring, dead } = await page.evaluate(() => {
      let focused = document.activeElement!;
      while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      const rings = [focused, ...focused.querySelectorAll('*')].map((each) => getComputedStyle(each).outlineStyle);
      // The chart draws its ring around itself; past the last control the focus is the browser's own for a step.
      const elsewhere = focused.matches('canvas, body');
      return {
        name: focused.getAttribute('aria-label') ?? (focused.textContent ?? '').trim().slice(0, 20),
        dead: focused.id === 'deckgl-overlay',
        ring: elsewhere || rings.some((style) => style !== 'none') || getComputedStyle(focused).boxShadow !== 'none',
      };
    });
    names.push(name);
    expect(ring, `focus ring on ${name}`).toBe(true);
    expect(dead, 'a stop where no key does anything').toBe(false);
  }
  for (const wanted of ['Find a ship', 'Map', 'Time of day', 'Speed of the replay', 'Which entries', 'People account'])
    expect(names.some((name) => name.includes(wanted)), `${wanted} among ${names.join(' | ')}`).toBe(true);
});

test.each([
  [1366, 768],
  [1920, 1080],
  [1024, 700],
])('nothing of the page scrolls or overflows at %i × %i', async (width, height) => {
  desk = await sitDown({ ships: 5 });
  const { page, mock } = desk;
  await page.setViewportSize({ width, height });
  await page.waitForSelector('varne-incidents button.row');
  const base = mock.state.incidents[0]!;
  mock.push({ incidents: Array.from({ length: 40 }, (_, i) => ({ ...base, id: `I${i + 1}`, boat: 'A boat with a very long name of its own' })) });
  await expect.poll(() => page.locator('varne-incidents button.row').count()).toBe(40);
  await page.keyboard.press('n');
  await page.waitForSelector('varne-incident >> text=caller says');
  const overflowing = await page.evaluate(() => {
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
    const root = document.querySelector('varne-app')!.shadowRoot!;
    const outside = [...root.querySelectorAll('*')].filter((each) => {
      const box = each.getBoundingClientRect();
      return box.width > 1 && !each.closest('.details-body') && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1);
    });
    return { page: [scrollWidth - clientWidth, scrollHeight - clientHeight], outside: outside.map((each) => each.tagName) };
  });
  expect(overflowing).toEqual({ page: [0, 0], outside: [] });
});
