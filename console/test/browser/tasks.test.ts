/** Tasks of a watch, each from the page alone; docs/console.md has how many steps each takes. */
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { drawn, sitDown, wordsIn } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

const table = readFileSync(new URL('../../../docs/console.md', import.meta.url), 'utf8');
/** Steps of a task as the manual has them. */
const promised = (task: string): number => Number(new RegExp(`^\\| ${task} \\|[^|]*\\| (\\d+)`, 'm').exec(table)?.[1] ?? NaN);

/** Counts what a hand does: a click, a choice, a field, a key. */
function hand() {
  const { page } = desk;
  let steps = 0;
  const count = async (deed: Promise<unknown>) => {
    steps++;
    await deed;
  };
  return {
    click: (what: string) => count(page.locator(what).first().click()),
    fill: (name: string, words: string) => count(page.locator(`dialog [name=${name}]`).fill(words)),
    choose: (name: string, value: string) => count(page.locator(`dialog [name=${name}]`).selectOption(value)),
    key: (key: string) => count(page.keyboard.press(key)),
    took: (task: string) => expect(steps, task).toBe(promised(task)),
  };
}
const row = (id: string) => `varne-incidents button[data-id=${id}]`;
const last = () => desk.mock.asked.reports.at(-1);

test('which boat is worst off, and who is unaccounted for, is read without a step', async () => {
  desk = await sitDown({ ships: 1 });
  const { took } = hand();
  expect(await desk.page.locator('varne-incidents button.row').first().innerText()).toMatch(/I1 · A[^]*nobody going[^]*taking water, engine stopped/);
  took('which boat is worst off');
  await expect.poll(() => wordsIn(desk.page, 'varne-people')).toMatch(/missing, open\s+3/);
  took('who is unaccounted for');
});

test('a call by telephone', async () => {
  desk = await sitDown({ ships: 1 });
  const { key, fill, choose, took } = hand();
  await key('r');
  await fill('from', 'caller');
  await fill('at', '51 02,35 N 1 21,1 E');
  await fill('persons', 'about 40');
  await choose('distress', 'yes');
  await key('Enter');
  await expect.poll(last).toMatchObject({ kind: 'call', persons: [36, 44], distress: true });
  took('a call by telephone');
});

test('a landing', async () => {
  desk = await sitDown({ ships: 1 });
  const { click, fill, choose, key, took } = hand();
  await click(row('I2'));
  await click('varne-incident button[data-deed=landing]');
  await fill('persons', '33');
  await fill('port', 'Dover');
  await choose('country', 'UK');
  await key('Enter');
  await expect.poll(last).toMatchObject({ kind: 'landing', boat: 'I2', persons: 33, unit: 'RNLI Sample' });
  took('a landing');
});

test('why a response is refused', async () => {
  desk = await sitDown({ ships: 1 });
  const { click, took } = hand();
  await click(row('I1'));
  await click('varne-incident >> text=Turn the boat round');
  await expect.poll(async () => (await wordsIn(desk.page, 'varne-incident')).replace(/\s+/g, ' ')).toContain('NO distress is ruled out for this boat (caller');
  took('why a response is refused');
});

test('where a boat may be in three hours', async () => {
  desk = await sitDown({ ships: 1 });
  await drawn(desk.page);
  const { click, key, took } = hand();
  await click(row('I1'));
  await click('#ahead');
  await key('Home');
  for (let hour = 0; hour < 4; hour++) await key('ArrowRight');
  await desk.page.waitForSelector('text=Where it may be at 11:00 UTC');
  took('where it may be in three hours');
});

test('a hand-over', async () => {
  desk = await sitDown({ ships: 1 });
  const { click, took } = hand();
  await click(row('I1'));
  await click('varne-incident button[data-deed=hand_over]');
  await click('varne-act obc-button >> text=Send report');
  await expect.poll(last).toMatchObject({ task: 'hand_over', to: 'CROSS Gris-Nez', boat: 'I1' });
  took('a hand-over');
});

test('a unit is sent to search', async () => {
  desk = await sitDown({ ships: 1 });
  const { click, choose, took } = hand();
  await click(row('I1'));
  await click('varne-incident button[data-deed=order]');
  await choose('unit', 'Avion Exemple');
  await choose('task', 'search');
  await click('varne-act obc-button >> text=Send report');
  await expect.poll(last).toMatchObject({ kind: 'order', task: 'search', unit: 'Avion Exemple', boat: 'I1' });
  took('a unit is sent to search');
});

test('a search is prepared', async () => {
  desk = await sitDown({ ships: 1 });
  const { click, fill, key, took } = hand();
  await click(row('I1'));
  await click('varne-incident button[data-deed=plan_search]');
  await click('varne-search [name^=unit_]');
  await fill('object', 'person in water');
  await key('Enter');
  await desk.page.waitForSelector('varne-search >> text=Routes and message');
  expect(desk.mock.asked.searches.at(-1)).toMatchObject({ object: 'person in water', length: 7200 });
  took('a search is prepared');
});
