import { expect, test } from 'vitest';
import { bearingBetween, distanceBetween } from '../../src/chart/geo';
import { boxWith, fieldRefused, patterns, searchOf } from '../../src/panels/search-asked';
import { namesOf, ringOf } from '../../src/search';
import type { SearchBox } from '../../src/search';

const box: SearchBox = { unit: 'RNLI Sample', from: '2021-11-11T08:00:00Z', until: '2021-11-11T10:00:00Z', centre: [1.4, 51], length_m: 6000, width_m: 2000, axis_deg: 40 };
const units = ['RNLI Sample', 'Cutter Sample', 'Rescue 163'];
const now = '2021-11-11T08:00:00Z';

test('a box has its length along its axis and its width across, whichever way it lies', () => {
  for (let axis_deg = 0; axis_deg < 360; axis_deg += 15) {
    const [a, b, c, d, again] = ringOf({ ...box, axis_deg });
    expect(again).toEqual(a);
    expect(distanceBetween(a!, d!)).toBeCloseTo(6000, -1);
    expect(distanceBetween(b!, c!)).toBeCloseTo(6000, -1);
    expect(distanceBetween(a!, b!)).toBeCloseTo(2000, -1);
    expect(Math.cos(((bearingBetween(d!, a!) - axis_deg) * Math.PI) / 180)).toBeGreaterThan(0.9999);
  }
});

test('boxes are named as the answer names its patterns: a unit’s own are counted', () => {
  expect(namesOf([box, { ...box, unit: 'Rescue 163' }, box])).toEqual(['RNLI Sample, box 1', 'Rescue 163, box 1', 'RNLI Sample, box 2']);
});

test('what is not said is not sent, and more units than the desk takes are not', () => {
  const { asked, wrong } = searchOf({ object: 'raft 10 person', hours: '2', from: '', wind: '' }, units, new Set(['Rescue 163']), now);
  expect(wrong).toEqual([]);
  expect(JSON.parse(JSON.stringify(asked))).toEqual({
    object: 'raft 10 person', from: now, length: 7200, units: [{ unit: 'Rescue 163' }], pattern: 'parallel_sweep', fixed: false, night: false,
  });
  const many = Array.from({ length: 9 }, (_, i) => `unit ${i}`);
  expect(searchOf({ object: 'raft', hours: '2' }, many, new Set(many), now).wrong.map(({ field }) => field)).toEqual(['units']);
  expect(searchOf({}, units, new Set(), now).wrong.map(({ field }) => field)).toEqual(['object', 'hours', 'units']);
});

test('a unit that is busy can be said to be had later, and squares and sectors can be asked for', () => {
  const typed = { object: 'raft 10 person', hours: '2', free_2: 'in 20 min', pattern: 'expanding_square' };
  const { asked, wrong } = searchOf(typed, units, new Set(['Rescue 163']), now);
  expect(wrong).toEqual([]);
  expect(asked.pattern).toBe('expanding_square');
  expect(Date.parse(asked.units[0]!.free_from!) - Date.parse(now)).toBe(20 * 60_000);
  expect(searchOf({ ...typed, free_2: 'soon' }, units, new Set(['Rescue 163']), now).wrong.map(({ field }) => field)).toEqual(['free_2']);
  expect(patterns.map(([kind]) => kind)).toEqual(['parallel_sweep', 'creeping_line', 'expanding_square', 'sector']);
});

test('a refusal of the desk leads to its field', () => {
  const { asked } = searchOf({ object: 'raft 10 persons', hours: '2' }, units, new Set(['Cutter Sample', 'Rescue 163']), now);
  const cases: [string, string][] = [
    ['units[0]: source: is needed: who stands for this sweep width?', 'source_1'],
    ['units[1]: search_mps: must be above 0', 'speed_2'],
    ['units[1].sweep_width_m: must be above 0', 'width_2'],
    ['units[1]: "Rescue 16" is not in the list of units; did you mean "Rescue 163"?', 'unit_2'],
    ['boxes[2]: unit: "X" is not among "units"', 'box_2'],
    ['length: must be above 0', 'hours'],
    ['visibility_m: must be above 0', 'visibility'],
    ['no table has "raft 10 persons"; did you mean "raft 10 person"?', 'object'],
    ['the forecast ends before', ''],
  ];
  for (const [message, field] of cases) expect(fieldRefused(message, asked, units), message).toBe(field);
});

test('figures of a box are read as they are said; what is none changes nothing', () => {
  expect(boxWith(box, 'length', '4', now)).toEqual({ ...box, length_m: 7408 });
  expect(boxWith(box, 'axis', '090°', now)).toEqual({ ...box, axis_deg: 90 });
  expect(boxWith(box, 'until', '1130', now)).toEqual({ ...box, until: '2021-11-11T11:30:00Z' });
  expect(boxWith(box, 'centre', '51 06 N 1 30.0 E', now)).toEqual({ ...box, centre: [1.5, 51.1] });
  for (const [field, text] of [['length', '0'], ['width', 'wide'], ['axis', ''], ['from', 'soon'], ['centre', 'Dover']] as const) expect(boxWith(box, field, text, now)).toBeNull();
});
