import { expect, test } from 'vitest';
import type { Entry } from '../../src/api';
import { choices, holds, isRoutine, joined } from '../../src/record';

const entry = (number: number, kind: string, body: Record<string, unknown> = {}) => ({ number, time: '2021-11-11T05:00:00Z', kind, body: { text: '', ...body } }) as Entry;

test('a word is found anywhere in an entry, in any case of letters, and all of them are needed', () => {
  const call = entry(7, 'report', { text: 'caller reports: call', report: { boat: 'Charlie', craft: 'kayak' } });
  expect([holds(call, 'charlie KAYAK'), holds(call, '  '), holds(call, 'report'), holds(call, 'charlie dinghy')]).toEqual([true, true, true, false]);
});

test('in short is all but where craft are and verdicts that came to nothing', () => {
  const { shows, kinds } = choices.short!;
  expect([shows(entry(1, 'track')), shows(entry(1, 'unit')), shows(entry(1, 'order')), shows(entry(1, 'a kind of next year'))]).toEqual([false, false, true, true]);
  const verdict = (ruling: string, was?: string) => shows(entry(1, 'verdict', { ruling, was }));
  expect([verdict('refused'), verdict('required'), verdict('refused', 'permitted')]).toEqual([false, true, true]);
  expect(kinds).toContain('alarm_seen');
  expect(kinds.map((kind) => entry(1, kind)).filter(isRoutine)).toEqual([]);
});

test('two lists become one in order of their numbers', () => {
  const [one, two, three, four] = [1, 2, 3, 4].map((number) => entry(number, 'order'));
  expect(joined([one!, three!], [two!, three!, four!]).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(joined([], [two!])).toEqual([two]);
});
