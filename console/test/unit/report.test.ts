import { describe, expect, test } from 'vitest';
import { LENGTHS, SPEEDS, parseFigure, parseHeads, parsePosition, parseTime, parseTimeNear } from '../../src/panels/as-said';
import { doubtsOf, fieldNamed, reportOf } from '../../src/panels/report-fields';
import { keys } from '../../src/keys';
import { position } from '../../src/format';

describe('positions are read as they are said', () => {
  test.each([
    ['51 02.35 N 001 21.10 E', [1.351667, 51.039167]],
    ['51°02.35′N 001°21.10′E', [1.351667, 51.039167]],
    ['51 02.35n, 1 21.1w', [-1.351667, 51.039167]],
    ['51.5 N 1.25 E', [1.25, 51.5]],
    ['51.0392, 1.3517', [1.3517, 51.0392]],
    ['51,0392 1,3517', [1.3517, 51.0392]],
    ['51,0392, 1,3517', [1.3517, 51.0392]],
    ['51-02.35N 001-21.10E', [1.351667, 51.039167]],
    ['N51-02,35 E001-21,1', [1.351667, 51.039167]],
    ['E 001 21.10 N 51 02.35', [1.351667, 51.039167]],
    ['51°02′21″N 1°21′06″O', [-1.351667, 51.039167]],
    ['51° 2\' 21" nord, 1° 21\' 6" est', [1.351667, 51.039167]],
    ['Lat 51 02.35 N, Long 001 21.10 E', [1.351667, 51.039167]],
    ['51 02.35 001 21.10', [1.351667, 51.039167]],
    ['50.5 -1.25', [-1.25, 50.5]],
    ['-33 51.5 151 12.5', [151.208333, -33.858333]],
    ['https://www.google.com/maps/@51.0392,1.3517,12z', [1.3517, 51.0392]],
    ['https://maps.google.com/?q=51.0392,1.3517', [1.3517, 51.0392]],
    ['https://maps.apple.com/?ll=51.0392%2C1.3517', [1.3517, 51.0392]],
    ['https://www.openstreetmap.org/#map=12/51.0392/1.3517', [1.3517, 51.0392]],
    ['https://www.openstreetmap.org/?mlat=51.0392&mlon=1.3517', [1.3517, 51.0392]],
    ['geo:51.0392,1.3517;u=30', [1.3517, 51.0392]],
  ] as [string, number[]][])('%s', (text, at) => {
    const read = parsePosition(text)!;
    expect(read[0]).toBeCloseTo(at[0]!, 5);
    expect(read[1]).toBeCloseTo(at[1]!, 5);
  });
  test.each(['', 'off Wissant', '51 60.00 N 1 0 E', '91 0 N 1 0 E', '51 02 1 21', '51.5 30 N 1 0 E', '51 N', '51,1', '51 N 52 N', '51 02 60 N 1 0 0 E', '51 2 3 4 N 1 E', 'https://example.org/51.0/1.3', '51 -2.5 1 21.1'])('"%s" is refused', (text) =>
    expect(parsePosition(text)).toBeNull());
  test('what the console writes it can read', () => {
    for (let i = 0; i < 500; i++) {
      const at: [number, number] = [-1.9 + i * 0.00913, 49.1 + i * 0.00431];
      const read = parsePosition(position(at))!;
      expect(Math.abs(read[0] - at[0])).toBeLessThan(1e-4);
      expect(Math.abs(read[1] - at[1])).toBeLessThan(1e-4);
    }
  });
});

test('head counts are numbers or ranges', () => {
  expect(parseHeads('30')).toBe(30);
  expect(parseHeads('30-35')).toEqual([30, 35]);
  expect(parseHeads('30 to 35')).toEqual([30, 35]);
  expect(parseHeads('30 or 35')).toEqual([30, 35]);
  expect(parseHeads('about 40')).toEqual([36, 44]);
  expect(parseHeads('~4')).toEqual([3, 5]);
  expect(parseHeads('at least 30')).toBeNull();
  expect(parseHeads('many')).toBeNull();
});

test('the time of a call is the last time it was so late', () => {
  const now = '2021-11-11T08:05:30Z';
  expect(parseTime('07:25', now)).toBe('2021-11-11T07:25:00Z');
  expect(parseTime('0725', now)).toBe('2021-11-11T07:25:00Z');
  expect(parseTime('7h25', now)).toBe('2021-11-11T07:25:00Z');
  expect(parseTime('23:50', now)).toBe('2021-11-10T23:50:00Z');
  expect(parseTime('5 min ago', now)).toBe('2021-11-11T08:00:30Z');
  expect(parseTime('2021-11-10 23:50Z', now)).toBe('2021-11-10T23:50:00Z');
  expect(parseTime('2021-11-11 09:50Z', now)).toBeNull();
  expect(parseTime('25:00', now)).toBeNull();
  expect(parseTime('just now', now)).toBeNull();
});

test('what was not said is not in the report', () => {
  expect(reportOf({ kind: 'call', from: 'caller', boat: ' ', persons: '', distress: '', error_nm: '0.5', empty: 'no' }, 'd1', 't')).toEqual({
    report: { id: 'd1', time: 't', kind: 'call', from: 'caller', error_m: 926, empty: false }, wrong: [],
  });
});

test('all that cannot be read is said at once', () => {
  const { wrong } = reportOf({ kind: 'call', at: 'off Wissant', persons: 'many', error_nm: '-1', heard: 'later' }, 'd1', '2021-11-11T08:00:00Z');
  expect(wrong.map(({ field }) => field)).toEqual(['heard', 'at', 'error_nm', 'persons']);
});

test('what is more likely a slip than true is asked about', () => {
  const now = '2021-11-11T08:00:00Z';
  const sea = { land: false, centre: 'MRCC Dover' };
  const asked = (report: Record<string, unknown>, here = sea, swapped: typeof sea | null = null) =>
    doubtsOf({ kind: 'call', id: 'd1', time: now, ...report }, now, here, swapped).map(({ field, what }) => `${field}: ${what}`);
  expect(asked({ at: [1.35, 51.04], persons: [30, 35], children: 5 })).toEqual([]);
  expect(asked({ at: [1.2, 51.2] }, { land: true, centre: 'MRCC Dover' })).toEqual(['at: 51°12.00′N 001°12.00′E is on land.']);
  expect(asked({ at: [51.04, 1.35] }, { land: false, centre: '' }, sea)).toEqual([
    'at: 01°21.00′N 051°02.40′E lies outside the waters that this desk knows. With the two exchanged it would be 51°02.40′N 001°21.00′E, at sea.',
  ]);
  expect(asked({ persons: 4000 })).toEqual(['persons: 4,000 persons are very many for one boat.']);
  expect(asked({ persons: [30, 35], children: 36, injured: [2, 40] })).toEqual(['children: More children than persons aboard.']);
  expect(asked({ time: '2021-11-11T01:59:00Z' })).toEqual(['heard: That is more than six hours ago.']);
});

test('a refusal is shown at the field it names', () => {
  const fields = ['from', 'at', 'persons', 'error_nm'];
  expect(fieldNamed('report 1: persons: low is above high', fields)).toBe('persons');
  expect(fieldNamed('error_m must not be negative', fields)).toBe('error_nm');
  expect(fieldNamed('the disk is full', fields)).toBe('');
});

test('no key means two things', () => {
  expect(new Set(keys.map(({ key }) => key)).size).toBe(keys.length);
});

describe('figures are read with their units', () => {
  test.each([['10', 18520], ['0,5', 926], ['5 NM', 9260], ['800 m', 800], ['14ft', 4.2672], ['2 km', 2000]] as [string, number][])('%s, miles where nothing is said', (text, metres) =>
    expect(parseFigure(text, LENGTHS, 'nm')).toBeCloseTo(metres, 6));
  test.each([['12', 6.1733], ['12 kn', 6.1733], ['6 m/s', 6], ['36 km/h', 10]] as [string, number][])('%s, knots where nothing is said', (text, mps) =>
    expect(parseFigure(text, SPEEDS, 'kn')).toBeCloseTo(mps, 3));
  test.each(['', 'far', '-3', '5 leagues', '1.2.3', '10 constructor'])('"%s" is refused', (text) => expect(parseFigure(text, LENGTHS, 'nm')).toBeNull());
});

describe('what is to be is the time nearest to now', () => {
  const now = '2021-11-11T23:30:00Z';
  test.each([
    ['now', '2021-11-11T23:30:00Z'], ['0015', '2021-11-12T00:15:00Z'], ['23:00', '2021-11-11T23:00:00Z'], ['in 45 min', '2021-11-12T00:15:00Z'],
    ['dans 2 h', '2021-11-12T01:30:00Z'], ['10 min ago', '2021-11-11T23:20:00Z'], ['2021-11-12T03:00Z', '2021-11-12T03:00:00Z'],
  ])('%s', (text, time) => expect(parseTimeNear(text, now)).toBe(time));
  test.each(['', 'soon', '24:10', 'in a while'])('"%s" is refused', (text) => expect(parseTimeNear(text, now)).toBeNull());
});
