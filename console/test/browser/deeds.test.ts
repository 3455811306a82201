/** What is done from the page: each deed is one report, and its answer leads to what it changed. */
import { afterEach, expect, test } from 'vitest';
import { sitDown } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

async function begin(id: string, deed: string): Promise<void> {
  await desk.page.click(`varne-incidents button[data-id=${id}]`);
  const button = desk.page.locator(`varne-incident button[data-deed=${deed}]`);
  if (!(await button.isVisible())) await desk.page.click('varne-incident summary.deed');
  await button.click();
  await desk.page.waitForSelector('varne-act dialog[open]');
}
const send = () => desk.page.getByText('Send report').last().click();
const field = (name: string) => desk.page.locator(`varne-act [name=${name}]`);
const last = () => desk.mock.asked.reports.at(-1);

test('a landing is reported from its incident, all that is missing is said at once, and the answer leads to its entries', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await begin('I2', 'landing');
  await field('dead').fill('some');
  await send();
  const wrong = async () => (await page.locator('varne-act .error').allInnerTexts()).filter((words) => words.trim());
  await expect.poll(wrong).toEqual(['Persons is needed.', 'Port is needed.', 'Country is needed.', 'Give a number of persons, a range such as 30-35, or about 40.']);
  expect(mock.asked.reports).toHaveLength(0);
  await field('dead').fill('');
  await desk.page.getByLabel('Persons *').fill('33');
  await desk.page.getByLabel('Port *').fill('Dover');
  await field('country').selectOption('UK');
  await send();
  await page.waitForSelector('varne-act >> text=Tried in the sandbox as entries 401 to 402.');
  // Who was sent is the one who brings them, until somebody says otherwise.
  expect(last()).toMatchObject({ kind: 'landing', boat: 'I2', from: 'RNLI Sample', unit: 'RNLI Sample', persons: 33, port: 'Dover', country: 'UK' });
  await page.click('varne-act >> text=/^entry 402$/');
  await page.waitForSelector('varne-feed button[aria-expanded=true] >> text=Entry 402');
  // A slip is taken back from where it was made.
  await page.click('varne-act >> text=This was wrong: withdraw it');
  await page.waitForSelector('varne-act dialog[open] >> text=Withdraw a report: I2');
  await page.waitForSelector('varne-act >> text=Reports that were wrong');
});

test('people who are aboard a unit are landed by it; that they came on their own is asked about', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  const [boat] = mock.state.incidents;
  const details = (mock.state as unknown as { details: { postings: unknown[] } }).details;
  details.postings.push({ time: mock.state.now, from: 'at sea', to: 'rescued (Cutter Sample)', persons: [43, 43], source: 'r16', reason: '' });
  mock.push({ incidents: [{ ...boat!, all_aboard: true, states: { at_sea: [0, 0], rescued: [43, 43] } }] });
  await page.waitForSelector('varne-incidents li.aboard');
  await begin('I1', 'landing');
  await expect.poll(() => field('unit').inputValue()).toBe('Cutter Sample');
  expect(await field('from').inputValue()).toBe('Cutter Sample');
  await field('unit').selectOption('');
  await field('persons').fill('43');
  await field('port').fill('Dover');
  await field('country').selectOption('UK');
  await send();
  await page.waitForSelector('#unit-wrong >> text=All 43 of this boat are aboard a unit');
  expect(mock.asked.reports).toHaveLength(0);
  await page.getByText('Send as it is').click();
  await expect.poll(last).toMatchObject({ kind: 'landing', boat: 'I1', persons: 43 });
  expect(last()).not.toHaveProperty('unit');
});

test('a unit is ordered, taken aboard is said, and a count is settled', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await begin('I1', 'order');
  await field('unit').selectOption('Rescue 163');
  await field('task').selectOption('rescue');
  await send();
  await expect.poll(last).toMatchObject({ kind: 'order', task: 'rescue', unit: 'Rescue 163', boat: 'I1', from: 'MRCC Dover' });
  await page.getByText('Close').last().click();
  await begin('I1', 'recovered');
  await field('from').fill('RNLI Sample');
  await field('unit').selectOption('RNLI Sample');
  await field('empty').selectOption('yes');
  await send();
  await expect.poll(last).toMatchObject({ kind: 'recovered', unit: 'RNLI Sample', empty: true, boat: 'I1' });
  await page.getByText('Close').last().click();
  await begin('I1', 'settle_count');
  await field('persons').fill('33');
  await send();
  await expect.poll(last).toMatchObject({ kind: 'order', task: 'settle_count', persons: 33 });
});

test('a hand-over is offered to the other centre, and answered by it', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await begin('I1', 'hand_over');
  await send();
  await expect.poll(last).toMatchObject({ kind: 'order', task: 'hand_over', from: 'MRCC Dover', to: 'CROSS Gris-Nez', boat: 'I1' });
  await page.getByText('Close').last().click();
  mock.push({ incidents: [{ ...mock.state.incidents[0]!, offered_to: 'CROSS Gris-Nez' }] });
  await page.waitForSelector('varne-incident button[data-deed=hand_over]', { state: 'detached' });
  await begin('I1', 'accept_hand_over');
  await send();
  await expect.poll(last).toMatchObject({ kind: 'order', task: 'accept_hand_over', from: 'CROSS Gris-Nez', boat: 'I1' });
});

test('a phase is lowered by what was seen, and a search ended by its coverage', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await begin('I1', 'lower_phase');
  await field('phase').selectOption('uncertainty');
  await field('officer').fill('SMC A. Exercise');
  await page.getByLabel(/r15/).check();
  await send();
  await expect.poll(last).toMatchObject({ task: 'lower_phase', phase: 'uncertainty', officer: 'SMC A. Exercise', evidence: ['r15'] });
  await page.getByText('Close').last().click();
  await begin('I1', 'end_search');
  await field('officer').fill('SMC A. Exercise');
  await field('reason').fill('nothing found in what was searched');
  await field('coverage').fill('0,8');
  await field('coverage_source').fill('the desk, after IAMSAR');
  await send();
  await expect.poll(last).toMatchObject({ task: 'end_search', forecast: 'F1', coverage: 0.8 });
});

test('what the server refuses is said in its words, at the field it names', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  mock.instead.push([400, { error: 'report: port: "Dovre" is no port here; did you mean Dover?' }]);
  await begin('I2', 'landing');
  await field('persons').fill('33');
  await field('port').fill('Dovre');
  await field('country').selectOption('UK');
  await send();
  await page.waitForSelector('#port-wrong >> text=did you mean Dover?');
});

test('a report that was wrong is chosen and seen with what stands on it before it is withdrawn', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await begin('I1', 'withdraw_report');
  const preview = page.getByLabel('What would be taken back');
  await expect.poll(() => preview.innerText()).toContain('Tick a report');
  await send();
  await page.waitForSelector('#evidence-wrong >> text=Reports that were wrong is needed.');
  await page.getByLabel(/r15/).check();
  // The report is older than the entries at hand: it is asked for.
  await expect.poll(() => preview.innerText()).toContain('"id":"r15"');
  const words = (await preview.innerText()).replace(/\s+/g, ' ');
  expect(words).toContain('It says 30 persons. Counted by it at 07:20: 30–35, nobody counted to at sea.');
  expect(words).toContain('the phase stays distress');
  await field('reason').fill('30 was a slip for 13');
  await field('officer').fill('SMC A. Exercise');
  mock.instead.push({ accepted: 'r', entries: [399, 400] });
  await send();
  await expect.poll(last).toMatchObject({ kind: 'order', task: 'withdraw_report', from: 'MRCC Dover', boat: 'I1', evidence: ['r15'], reason: '30 was a slip for 13', officer: 'SMC A. Exercise' });
  await page.click('varne-act >> text=/^entry 399$/');
  await page.waitForSelector('varne-feed button[aria-expanded=true] >> text=Entry 399');
});

test('a report is withdrawn from where it is read', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await page.click('varne-incidents button[data-id=I1]');
  await page.click('varne-incident >> text=As received');
  await page.click('varne-incident >> text=This was wrong: withdraw it');
  await page.waitForSelector('varne-act dialog[open]');
  expect(await page.getByLabel(/r15/).isChecked()).toBe(true);
  await expect.poll(() => page.getByLabel('What would be taken back').innerText()).toContain('It says 30 persons.');
});
