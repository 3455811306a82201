import { describe, expect, test } from 'vitest';
import { fieldNamed, parseHeads, parsePosition, reportOf } from '../../src/panels/report-fields';
import { keys } from '../../src/keys';
import { position } from '../../src/format';

describe('positions are read as they are said', () => {
  test.each([
    ['51 02.35 N 001 21.10 E', [1.351667, 51.039167]],
    ['51°02.35′N 001°21.10′E', [1.351667, 51.039167]],
    ['51 02.35n, 1 21.1w', [-1.351667, 51.039167]],
    ['51.5 N 1.25 E', [1.25, 51.5]],
    ['51.0392, 1.3517', [1.3517, 51.0392]],
  ] as [string, number[]][])('%s', (text, at) => {
    const read = parsePosition(text)!;
    expect(read[0]).toBeCloseTo(at[0]!, 5);
    expect(read[1]).toBeCloseTo(at[1]!, 5);
  });
  test.each(['', 'off Wissant', '51 60.00 N 1 0 E', '91 0 N 1 0 E', '51 02 1 21', '51.5 30 N 1 0 E', '51 N'])('"%s" is refused', (text) =>
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
  expect(parseHeads('about 30')).toBeNull();
});

test('what was not said is not in the report', () => {
  expect(reportOf({ kind: 'call', from: 'caller', boat: ' ', persons: '', distress: '', error_nm: '0.5', empty: 'no' }, 'd1', 't')).toEqual({
    id: 'd1', time: 't', kind: 'call', from: 'caller', error_m: 926, empty: false,
  });
  expect(reportOf({ kind: 'call', at: 'off Wissant' }, 'd1', 't')).toMatchObject({ field: 'at' });
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
