/** What the panels show, and how they stand still. */
import { afterEach, expect, test } from 'vitest';
import { drawn, goTo, screenOf, sitDown, wordsIn } from './desk';
import type { Desk } from './desk';

let desk: Desk;
afterEach(async () => {
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

const listed = (d: Desk) => d.page.locator('varne-incidents button.row').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.id));

test('a click on a ship shows it with the raw reports it stands on', async () => {
  desk = await sitDown({ ships: 30 });
  const { page, mock } = desk;
  await drawn(page);
  const ship = { ...mock.state.tracks[0]!, at: [1.15, 50.62] as [number, number] };
  mock.push({ tracks: [ship] });
  const { x, y } = await screenOf(page, ship.at);
  await expect.poll(async () => {
    await page.mouse.click(x + 2, y - 2);
    return page.locator('varne-track').count();
  }).toBe(1);
  await page.waitForSelector(`varne-track >> text=${ship.name}`);
  await page.waitForSelector('varne-track >> text=!AIVDM');
  await expect.poll(() => wordsIn(desk.page, 'varne-track')).toMatch(/50°37\.20′N 001°09\.00′E/);
});

test('a click on water asks for the sea there', async () => {
  desk = await sitDown({ ships: 1 });
  await drawn(desk.page);
  const { x, y } = await screenOf(desk.page, [1.05, 50.58]);
  await desk.page.mouse.click(x, y);
  const text = await desk.page.waitForSelector('varne-sea >> text=Tidal stream').then(() => wordsIn(desk.page, 'varne-sea'));
  expect(text).toMatch(/1\.7 kn, setting 041°/);
  expect(text).toMatch(/from 250°/);
  expect(text).toMatch(/Depth\s+not known here/);
});

test('the incident list stands still under the pointer and falls into order when it leaves', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  expect(await listed(desk)).toEqual(['I1', 'I2', 'I3', 'I4']);
  const third = page.locator('varne-incidents button[data-id=I3]');
  await third.hover();
  const place = await third.boundingBox();
  const base = mock.state.incidents[2]!;
  mock.push({ incidents: [{ ...base, phase: 'distress' }, { ...base, id: 'I9', boat: 'Z', phase: 'distress', opened: mock.state.now }] });
  await page.waitForSelector('text=1 new below');
  expect(await listed(desk)).toEqual(['I1', 'I2', 'I3', 'I4', 'I9']);
  expect(await third.boundingBox()).toEqual(place);
  await expect.poll(() => page.locator('[aria-live=assertive]').textContent()).toBe('New incident I9 · Z, distress.');
  await page.mouse.move(683, 384);
  await expect.poll(() => listed(desk)).toEqual(['I1', 'I9', 'I3', 'I2', 'I4']);
});

test('the worst off stands on top: nobody going before somebody, and its signs, people and last word are read in its row', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  const [first, second, third] = mock.state.incidents;
  const row = (id: string) => page.locator(`varne-incidents button[data-id=${id}]`);
  await page.mouse.move(683, 384);
  const eta = '2021-11-11T08:25:00Z';
  mock.push({ incidents: [
    { ...first!, assigned: [{ unit: 'Cutter Sample', task: 'rescue', eta }] },
    { ...second!, phase: 'distress', assigned: [], dangers: ['people_in_water'] },
    { ...third!, phase: 'distress', states: { at_sea: [0, 0], rescued: [33, 33] } },
  ] });
  await expect.poll(() => listed(desk)).toEqual(['I2', 'I1', 'I3', 'I4']);
  expect((await row('I2').innerText()).replace(/\s+/g, ' ')).toMatch(/I2 · B 30–35 out nobody going in the water, distress, CROSS Gris-Nez 6 min/);
  expect((await row('I1').innerText()).replace(/\s+/g, ' ')).toContain('Cutter Sample in 25 min, 08:25 taking water, engine stopped, distress, MRCC Dover 3 min');
  // Everybody aboard a unit: nothing is owed any more, and it looks so.
  expect(await row('I3').innerText()).toContain('all aboard a unit');
  await expect.poll(() => page.locator('varne-incidents li.aboard button[data-id=I3]').count()).toBe(1);
  // A forecast changes the incident and is no word from the boat.
  mock.push({ now: '2021-11-11T08:20:00Z', incidents: [{ ...mock.state.incidents[1]!, changed: '2021-11-11T08:20:00Z', forecast: 'F9' }] });
  await expect.poll(() => row('I2').innerText()).toContain('26 min');
});

test('the list is sorted and filtered as one asks', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await page.getByLabel('Order of the list').selectOption('silent');
  await expect.poll(() => listed(desk)).toEqual(['I3', 'I2', 'I1', 'I4']);
  await page.getByLabel('Which incidents').selectOption('nobody');
  await expect.poll(() => listed(desk)).toEqual(['I3', 'I1']);
  await page.getByLabel('Name, number or centre').fill('dover');
  await page.getByLabel('Which incidents').selectOption('closed');
  await page.waitForSelector('text=None of them is such.');
  await page.getByLabel('Name, number or centre').fill('I4');
  await expect.poll(() => listed(desk)).toEqual(['I4']);
});

test('a hand-over offered is read whole in the list, and no row grows under the pointer', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  const [first, second] = mock.state.incidents;
  mock.push({ incidents: [{ ...first!, offered_to: 'CROSS Gris-Nez' }] });
  const cut = () => page.locator('varne-incidents button[data-id=I1] .second').evaluate((line) => line.scrollWidth > line.clientWidth);
  await page.waitForSelector('varne-incidents >> text=offered to CROSS Gris-Nez');
  await expect.poll(cut).toBe(false);
  const third = page.locator('varne-incidents button[data-id=I3]');
  await third.hover();
  const place = await third.boundingBox();
  mock.push({ incidents: [{ ...second!, related: ['I1', 'I4'].map((incident) => ({ incident, relation: 'possibly_same' as const })) }] });
  await page.waitForSelector('varne-incidents >> text=possibly the same as I1 and I4');
  expect(await third.boundingBox()).toEqual(place);
  await page.mouse.move(683, 384);
  await page.waitForSelector('varne-incidents li.tall button[data-id=I2]');
});

test('an incident shows its claims side by side, its notes with the raw report, and who is near', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await page.click('varne-incidents button[data-id=I1]');
  await page.waitForSelector('varne-incident >> text=caller says');
  const text = await wordsIn(desk.page, 'varne-incident');
  expect(text).toMatch(/caller says\s+30/);
  expect(text).toMatch(/CROSS Gris-Nez says\s+35/);
  expect(text).toMatch(/RNLI Sample\s+5\.0 NM\s+13 min/);
  await page.click('varne-incident >> text=As received');
  // The report is older than the entries at hand: it is asked for.
  await page.waitForSelector('varne-incident pre:has-text("r15")');
  expect(text).toMatch(/nobody counted to at sea\s+30–35/);
});

test('who can be there stands with places and what speaks against it, ships beside units', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  (mock.state as unknown as { details: Record<string, unknown> }).details.reach = [
    { name: 'Rescue 163', kind: 'helicopter', track: '', distance_m: 18520, minutes: 24, launch_delay_minutes: 15, free: 6, task: { incident: 'I3', task: 'rescue', state: 'ordered' }, notes: ['6 free places for 36 people'] },
    { name: 'EXERCISE 0', kind: 'cargo ship', track: 'M235000000', distance_m: 3704, minutes: 31, free: null, notes: [] },
  ];
  await page.click('varne-incidents button[data-id=I1]');
  await page.waitForSelector('varne-incident >> text=Who can be there, soonest first');
  const text = (await wordsIn(page, 'varne-incident')).replace(/\s+/g, ' ');
  expect(text).toContain('Rescue 163 helicopter, ordered to I3: rescue, under way in 15 min, 6 free places for 36 people 10.0 NM 24 min');
  await page.click('varne-incident >> text=EXERCISE 0');
  await page.waitForSelector('varne-track >> text=EXERCISE 0');
});

test('an incident says what the rules allow, duties first, with each condition and what it stands on', async () => {
  desk = await sitDown({ ships: 1 });
  const { page } = desk;
  await page.click('varne-incidents button[data-id=I1]');
  await page.waitForSelector('varne-incident >> text=What the rules say now');
  const titles = await page.locator('varne-incident .verdict summary').allInnerTexts();
  expect(titles.map((title) => title.replace(/\s+/g, ' '))).toEqual(['Rescue those aboard required', 'Turn the boat round refused']);
  await page.click('varne-incident >> text=Turn the boat round');
  const text = (await wordsIn(desk.page, 'varne-incident')).replace(/\s+/g, ' ');
  expect(text).toMatch(/NO distress is ruled out for this boat \(caller, \d\d:\d\d\)/);
  expect(text).toContain('OPEN the captain agrees');
});

test('the people account shows the missing open and the published figure beside it', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await page.waitForSelector('text=open: not everybody is ashore');
  const text = await wordsIn(desk.page, 'varne-people');
  expect(text).toMatch(/Set out\s+1,352/);
  expect(text).toMatch(/missing, open\s+3/);
  expect(text).toMatch(/Home Office, 12 Nov 2021, provisional/);
  const ashore = { ...mock.state.people!, missing: [0, 0] as [number, number] };
  mock.push({ people: ashore });
  await page.waitForSelector('text=everybody accounted for');
  mock.push({ people: { ...ashore, set_out: [0, 0] } });
  await page.waitForSelector('text=nobody counted so far');
  mock.push({ people: { ...ashore, balanced: false } });
  await page.waitForSelector('text=does not balance');
});

test('the record opens the raw report behind an entry, holds still while read, and reaches back', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await page.click('varne-feed button.row >> nth=0');
  await page.waitForSelector('varne-feed pre:has-text("r400")');
  mock.push({ last_entry: 401, entries: [{ number: 401, time: mock.state.now, kind: 'report', body: { text: 'Something new', source: 'reports', report: {} } }] });
  await page.waitForSelector('text=1 newer');
  await expect.poll(() => page.locator('varne-feed button.row >> nth=0').innerText()).toContain('Entry 400');
  await page.click('text=1 newer');
  await expect.poll(() => page.locator('varne-feed button.row >> nth=0').innerText()).toContain('Something new');
  for (let i = 0; i < 3; i++) await page.click('text=Earlier entries');
  await expect.poll(() => page.locator('varne-feed button.row').count()).toBeGreaterThan(300);
  await page.waitForSelector('varne-feed >> text=Entry 2:');
});

test('the record says the day of what is not of today, and leads back to the newest', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await page.waitForSelector('varne-feed button.row');
  mock.push({ last_entry: 401, entries: [{ number: 401, time: '2021-11-12T08:00:00Z', kind: 'claim', body: { text: 'Published', from: 'Home Office', subject: 'arrived', status: 'final', about: '2021-11-11', persons: [7, 9], source: 'c1' } }] });
  const newest = page.locator('varne-feed button.row >> nth=0');
  await expect.poll(() => newest.innerText()).toMatch(/12 Nov 2021 08:00:00\s+Published/);
  await newest.click();
  await page.waitForSelector('varne-feed pre:has-text("[7, 9]")');
  const scroll = page.locator('varne-feed .scroll');
  await scroll.evaluate((list) => list.scrollTo({ top: 900 }));
  await page.click('text=To the newest');
  await expect.poll(() => scroll.evaluate((list) => list.scrollTop)).toBe(0);
  await scroll.evaluate((list) => list.scrollTo({ top: 900 }));
  mock.reset({});
  await expect.poll(() => scroll.evaluate((list) => list.scrollTop)).toBe(0);
});

test('a refused report says so at its field, and an accepted one its entry', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await page.keyboard.press('r');
  await page.getByLabel('Who reports').fill('caller');
  await page.getByLabel('Persons aboard').fill('30-35');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#at-wrong >> text=needs a place');
  expect(await page.locator('[name=at]').getAttribute('aria-invalid')).toBe('true');
  await page.locator('[name=at]').fill('51 02.35 N 001 21.10 E');
  await page.getByLabel('Need help at once').selectOption('yes');
  await page.keyboard.press('Enter');
  await page.waitForSelector('text=Tried in the sandbox as entry 401');
  expect(mock.asked.reports.at(-1)).toMatchObject({
    kind: 'call', from: 'caller', persons: [30, 35], distress: true, at: [1.351667, 51.039167], time: mock.state.now,
  });
  // A second report in the same form is of the same kind, and of its own time.
  expect(await page.getByLabel('Call for help').isChecked()).toBe(true);
  mock.push({ now: '2021-11-11T08:05:00Z' });
  await page.getByLabel('Sighting').check();
  await page.getByLabel('Who reports').fill('ferry');
  await page.locator('[name=at]').fill('51 02.35 N 001 21.10 E');
  await page.keyboard.press('Enter');
  await expect.poll(() => mock.asked.reports.at(-1)).toMatchObject({ kind: 'sighting', from: 'ferry' });
  expect(await page.getByLabel('Sighting').isChecked()).toBe(true);
  await page.waitForSelector('text=New report, 08:05:00 UTC');
  await page.locator('[name=persons]').fill('many');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#persons-wrong');
  expect(mock.asked.reports).toHaveLength(3);
});

test('a report that looks like a slip is asked about, all of it at once, and may be sent as it is', async () => {
  desk = await sitDown({ ships: 1 });
  const { page, mock } = desk;
  await page.keyboard.press('r');
  await page.getByLabel('Who reports').fill('caller');
  await page.locator('[name=at]').fill('off Wissant');
  await page.locator('[name=heard]').fill('25:00');
  await page.getByLabel('Persons aboard').fill('4000');
  await page.keyboard.press('Enter');
  // What cannot be read and what is more likely a slip stand there together.
  await page.waitForSelector('#persons-wrong >> text=4,000 persons are very many for one boat.');
  await page.waitForSelector('#at-wrong >> text=Give latitude and longitude');
  await page.waitForSelector('#heard-wrong >> text=Give a time that has passed');
  await page.locator('[name=at]').fill("N 51°24'30\" E 1°12,5'");
  await page.locator('[name=heard]').fill('5 min ago');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#at-wrong >> text=51°24.50′N 001°12.50′E is on land.');
  await page.waitForSelector('#persons-wrong >> text=4,000 persons are very many for one boat.');
  expect(mock.asked.reports).toHaveLength(0);
  // What is put right is looked at again; what stands is sent as it is.
  await page.getByLabel('Persons aboard').fill('about 40');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#at-wrong >> text=is on land');
  await expect.poll(() => page.locator('#persons-wrong').count()).toBe(0);
  await page.getByRole('button', { name: 'Send as it is' }).click();
  await page.waitForSelector('text=Tried in the sandbox as entry 401');
  expect(mock.asked.reports).toEqual([expect.objectContaining({ persons: [36, 44], at: [1.208333, 51.408333], time: '2021-11-11T07:55:00Z' })]);
});

test('a ship named like markup stays a name', async () => {
  desk = await sitDown({ ships: 3 });
  const { page, mock } = desk;
  await drawn(page);
  const name = '<img src=x onerror="document.title=\'owned\'">';
  const base = mock.state.incidents[1]!;
  mock.push({
    tracks: [{ ...mock.state.tracks[0]!, name }],
    incidents: [{ ...base, boat: name, why: name }],
    entries: [{ number: 401, time: mock.state.now, kind: 'report', body: { text: name, source: 'reports', report: { id: name } } }],
    last_entry: 401,
  });
  await goTo(page, 'onerror');
  await page.click('varne-feed button.row >> nth=0');
  await page.waitForSelector('varne-feed pre');
  await expect.poll(() => wordsIn(desk.page, 'varne-incidents')).toContain(name);
  await expect.poll(() => page.locator('img').count()).toBe(0);
  await expect.poll(() => page.title()).toMatch(/Varne$/);
});
