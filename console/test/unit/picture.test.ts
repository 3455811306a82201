import { expect, test } from 'vitest';
import type { Entry, Frame, Incident, State } from '../../src/api';
import { ENTRIES_KEPT, Picture } from '../../src/picture';
import { reportBehind } from '../../src/panels/behind';
import { nobodyGoes } from '../../src/danger';
import { nextOrder, wanted } from '../../src/panels/order';
import { nextSpeed, SPEEDS } from '../../src/panels/speeds';
import { entry, makeState } from '../mock-picture.mjs';

const hello = (): Frame => ({ type: 'hello', state: makeState({ ships: 5 }) as unknown as State });

test('a delta changes what it names and nothing else', () => {
  const picture = new Picture();
  picture.apply(hello());
  const before = { tracks: picture.tracksVersion, units: picture.unitsVersion };
  const [first, second] = [...picture.tracks.values()];
  picture.apply({ type: 'delta', now: '2021-11-11T08:00:01Z', last_entry: 400, tracks: [{ ...first!, at: [1, 50] }], gone: [second!.id] });
  expect(picture.tracks.get(first!.id)!.at).toEqual([1, 50]);
  expect(picture.tracks.has(second!.id)).toBe(false);
  expect(picture.tracks.size).toBe(4);
  expect(picture.tracksVersion).toBe(before.tracks + 1);
  expect(picture.unitsVersion).toBe(before.units);
});

test('a reset forgets everything of before', () => {
  const picture = new Picture();
  picture.apply(hello());
  picture.apply({ type: 'reset', state: { ...(makeState({ ships: 1 }) as unknown as State), incidents: [], entries: [] } });
  expect([picture.tracks.size, picture.incidents.size, picture.entries.length, picture.resets]).toEqual([1, 0, 0, 2]);
});

test('an entry told twice stands once, and only so many are kept', () => {
  const picture = new Picture();
  picture.apply(hello());
  const news = entry(401, 'new');
  for (let i = 0; i < 2; i++) picture.apply({ type: 'delta', now: news.time, last_entry: 401, entries: [news] });
  expect(picture.entries.filter(({ number }) => number === 401)).toHaveLength(1);
  picture.apply({ type: 'delta', now: news.time, last_entry: 3000, entries: Array.from({ length: 2000 }, (_, i) => entry(402 + i, 'more')) });
  expect(picture.entries).toHaveLength(ENTRIES_KEPT);
  expect(picture.entries.at(-1)!.number).toBe(2401);
});

test('where craft are crowds out no deed', () => {
  const picture = new Picture();
  picture.apply(hello());
  const track = (number: number) => ({ number, time: entry(number, '').time, kind: 'track', body: { text: 'a track', track: 'T1', change: 'moved', at: [1, 51], speed_mps: 1, course_deg: 0 } }) as Entry;
  picture.apply({ type: 'delta', now: entry(401, '').time, last_entry: 6000, entries: [entry(401, 'a call'), ...Array.from({ length: 5000 }, (_, i) => track(402 + i))] });
  expect(picture.entries.filter(({ kind }) => kind === 'track')).toHaveLength(ENTRIES_KEPT);
  expect(picture.entries.some(({ number }) => number === 401)).toBe(true);
  expect(picture.entries.map(({ number }) => number)).toEqual(picture.entries.map(({ number }) => number).sort((a, b) => a - b));
});

const incidents = (): Incident[] => makeState().incidents as unknown as Incident[];

test('the list wants open before closed, the graver phase first, then the graver signs, the newer first', () => {
  expect(wanted(incidents())).toEqual(['I1', 'I2', 'I3', 'I4']);
  const raised = incidents().map((each) => (each.id === 'I3' ? { ...each, phase: 'distress' as const, opened: '2021-11-11T07:59:00Z' } : each));
  expect(wanted(raised)).toEqual(['I1', 'I3', 'I2', 'I4']);
  expect(wanted(raised.map((each) => ({ ...each, dangers: [] })))).toEqual(['I3', 'I1', 'I2', 'I4']);
});

test('held, nothing that stands moves, whatever comes and goes', () => {
  let shown: string[] = [];
  let seed = 1;
  const next = (below: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
  for (let round = 0; round < 300; round++) {
    const now = Array.from({ length: next(12) }, () => `I${next(20)}`).filter((id, i, all) => all.indexOf(id) === i);
    const before = shown;
    shown = nextOrder(before, now, true);
    expect([...shown].sort()).toEqual([...now].sort());
    const stayed = before.filter((id) => now.includes(id));
    expect(shown.slice(0, stayed.length)).toEqual(stayed);
    expect(nextOrder(shown, now, false)).toEqual(now);
  }
});

test('the speeds step through their row and stop at its ends', () => {
  expect(SPEEDS[0]).toBe(1);
  expect(SPEEDS.at(-1)).toBe(600);
  expect(nextSpeed(60, 1)).toBe(120);
  expect(nextSpeed(45, -1)).toBe(30);
  expect(nextSpeed(600, 1)).toBe(600);
  expect(nextSpeed(1, -1)).toBe(1);
});

test('the report behind a note is found by its time, however many entries share it', async () => {
  const record = Array.from({ length: 5000 }, (_, i) => ({
    ...entry(i + 1, 'e'),
    // Ten minutes of one and the same time in the middle of a day.
    time: new Date(Date.UTC(2021, 10, 11) + (i < 2000 ? i : i < 2600 ? 2000 : i) * 1000).toISOString(),
  }));
  let asked = 0;
  const ask = (before: number, limit: number) => {
    asked++;
    return Promise.resolve({ entries: record.filter(({ number }) => number < before).slice(-limit) });
  };
  for (const number of [1, 700, 2001, 2300, 2600, 4321, 5000]) {
    const found = await reportBehind(`r${number}`, record[number - 1]!.time, [], 5000, ask);
    expect(found).toContain(`"r${number}"`);
  }
  expect(asked).toBeLessThan(7 * 16);
  expect(await reportBehind('r9999', record[2500]!.time, [], 5000, ask)).toBeNull();
});

test('that nobody goes is said only where the desk says who goes', () => {
  const [first] = incidents();
  expect(nobodyGoes({ ...first!, assigned: [] })).toBe(true);
  expect(nobodyGoes({ ...first!, assigned: undefined })).toBe(false);
  expect(wanted([{ ...first!, assigned: undefined }], 'worst', 'nobody')).toEqual([]);
});

test('what another centre tells stands beside the picture and never in it', () => {
  const picture = new Picture();
  picture.apply(hello());
  const [tracks, units] = [picture.tracks.size, picture.units.size];
  const theirs = { id: 'R7', at: [1.5, 51] as [number, number], time: '2021-11-11T08:00:00Z', heard: '2021-11-11T08:00:02Z', course_deg: null, speed_mps: 2, error_m: 90 };
  const partners = [{ centre: 'CROSS Gris-Nez', tracks: [theirs], units: [], offered: ['RNLI Dover'] }];
  picture.apply({ type: 'delta', now: '2021-11-11T08:00:03Z', last_entry: 400, partners });
  expect(picture.partners[0]!.tracks).toEqual([theirs]);
  expect([picture.tracks.size, picture.units.size, picture.tracks.has('R7')]).toEqual([tracks, units, false]);
  picture.apply({ type: 'delta', now: '2021-11-11T08:00:04Z', last_entry: 400 });
  expect(picture.partners).toHaveLength(1);
  picture.apply(hello());
  expect(picture.partners).toEqual([]);
});
