import { describe, expect, test } from 'vitest';
import { age, bearing, clock, day, distance, entryNumbers, heads, incidentName, knots, moment, position, secondsBetween, shipType, trackName } from '../../src/format';

describe('positions are said in degrees and minutes', () => {
  test.each([
    [[1.351667, 51.039167], '51°02.35′N 001°21.10′E'],
    [[-0.5, -0.25], '00°15.00′S 000°30.00′W'],
    [[0, 0], '00°00.00′N 000°00.00′E'],
    [[1.99999, 50.99999], '51°00.00′N 002°00.00′E'],
  ] as [[number, number], string][])('%j', (at, words) => expect(position(at)).toBe(words));

  test('minutes never reach sixty', () => {
    for (let i = 0; i < 5000; i++) expect(position([i * 0.0007123, 49 + i * 0.0003217])).not.toContain('60.00');
  });

  test('no place is said to be unknown, never zero', () => {
    expect(position(null)).toBe('position not known');
    expect(position([NaN, 51])).toBe('position not known');
  });
});

test('times are UTC, whatever the desk is set to', () => {
  expect(clock('2021-11-11T05:00:07Z')).toBe('05:00:07');
  expect(clock('2021-11-11T05:00:07+02:00', false)).toBe('03:00');
  expect(clock('no time')).toBe('–');
  expect(clock(null)).toBe('–');
  expect(day('2021-11-11T23:59:59Z')).toBe('11 Nov 2021');
});

test('speeds are knots and distances miles, from SI', () => {
  expect(knots(1852 / 3600)).toBe('1.0 kn');
  expect(knots(null)).toBe('not known');
  expect(distance(350)).toBe('350 m');
  expect(distance(1852 * 4.2)).toBe('4.2 NM');
  expect(distance(undefined)).toBe('not known');
});

test('bearings wrap into three figures', () => {
  expect(bearing(47)).toBe('047°');
  expect(bearing(359.7)).toBe('000°');
  expect(bearing(-10)).toBe('350°');
  expect(bearing(null)).toBe('not known');
});

test('head counts stay ranges, and unknown stays unknown', () => {
  expect(heads([30, 35])).toBe('30–35');
  expect(heads([1250, 1250])).toBe('1,250');
  expect(heads([0, 0])).toBe('0');
  expect(heads(null)).toBe('?');
});

test('ages are short and never negative', () => {
  expect(age(12.4)).toBe('12 s');
  expect(age(250)).toBe('4 min');
  expect(age(7500)).toBe('2 h 05');
  expect(secondsBetween('2021-11-11T05:00:00Z', '2021-11-11T04:00:00Z')).toBe(0);
});

test('names fall back to what is known', () => {
  expect(trackName({ id: 'M1', name: ' BLUE ', mmsi: 1 })).toBe('BLUE');
  expect(trackName({ id: 'M1', name: '', mmsi: 235000001 })).toBe('MMSI 235000001');
  expect(trackName({ id: 'R7' })).toBe('Unidentified R7');
  expect(incidentName({ id: 'I7', boat: 'Charlie', craft: 'inflatable' })).toBe('I7 · Charlie');
  expect(incidentName({ id: 'I7', boat: '', craft: '' })).toBe('I7');
  expect(shipType(74)).toBe('cargo');
  expect(shipType(51)).toBe('search and rescue');
  expect(shipType(null)).toBe('type not said');
});

test('a time of another day says which', () => {
  expect(moment('2021-11-11T23:59:00Z', '2021-11-11T00:00:00Z')).toBe('23:59:00');
  expect(moment('2021-11-12T08:00:02Z', '2021-11-11T00:00:00Z')).toBe('12 Nov 2021 08:00:02');
  expect(moment('2021-11-12T08:00:02Z', '2021-11-11T00:00:00Z', false)).toBe('12 Nov 2021 08:00');
  expect(moment(null, '2021-11-11T00:00:00Z')).toBe('–');
});

test('entries that follow on are a range, and others are named each', () => {
  expect(entryNumbers([6])).toBe('entry 6');
  expect(entryNumbers([6, 7, 8])).toBe('entries 6 to 8');
  expect(entryNumbers([6, 8])).toBe('entries 6, 8');
});
