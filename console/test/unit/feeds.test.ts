import { expect, test } from 'vitest';
import type { Entry, Feed } from '../../src/api';
import { titleOf } from '../../src/alarms';
import { offset, standingOf } from '../../src/panels/feeds';

const feed: Feed = { feed: 'nmea', address: 'tcp://127.0.0.1:1', up: true, state: '', lines_per_s: 3, taken: 9, refused: 0, other: 0, lost_parts: 0, dropped: 0, last_heard: '2021-11-11T05:00:00Z' };

test('a feed is called what is worst about it', () => {
  expect(standingOf(feed)).toBe('heard');
  expect(standingOf({ ...feed, dropped: 2 })).toBe('losing lines');
  expect(standingOf({ ...feed, dropped: 2, silent_since: '2021-11-11T05:00:00Z' })).toBe('silent');
  expect(standingOf({ ...feed, up: false })).toBe('not connected');
  expect(standingOf({ ...feed, last_heard: undefined })).toBe('nothing yet');
});

test('a clock is ahead or behind, or nothing is said of it', () => {
  expect(offset(undefined)).toBe('');
  expect(offset(0.4)).toBe('');
  expect(offset(-1860)).toMatch(/behind$/);
  expect(offset(12)).toMatch(/ahead$/);
});

test('only what speaks of distress, a safety text and a claim to be a SART ask for a look', () => {
  const entry = (kind: string, body: Record<string, unknown>) => ({ number: 1, time: '2021-11-11T05:00:00Z', kind, body }) as Entry;
  expect(titleOf(entry('line_refused', { feed: 'nmea', why: 'persons', raw: '{', distress: true }))).not.toBe('');
  expect(titleOf(entry('line_refused', { feed: 'nmea', why: 'persons', raw: '{', distress: false }))).toBe('');
  expect(titleOf(entry('safety_text', { text: 'Safety text from …', words: 'MAYDAY RELAY' }))).toBe('Safety text');
  expect(titleOf(entry('beacon', { state: 'claim', station: 'ship', mmsi: 244000001, text: 'says so' }))).toBe('Claims to be an active SART');
  expect(titleOf(entry('beacon', { state: 'alarm', incident: 'I1', text: 'an incident of its own' }))).toBe('');
  expect(titleOf(entry('incident', {}))).toBe('');
});
