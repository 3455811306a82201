import { expect, test } from 'vitest';
import type { LonLat, Track } from '../../src/api';
import { Guard, inside, kindOf } from '../../src/guard';
import type { GuardArea } from '../../src/guard';
import { Picture } from '../../src/picture';

const square: LonLat[] = [[1, 50], [2, 50], [2, 51], [1, 51]];
const area: GuardArea = { id: 'a', name: 'Square', kinds: ['cargo'], ring: square };
const track = (at: LonLat, more: Partial<Track> = {}): Track => ({ id: 'M1', mmsi: 1, ship_type: 70, state: 'confirmed', at, updated: '', ...more });

function pictureAt(minute: number, ...tracks: Track[]): [Picture, (minute: number, ...tracks: Track[]) => void] {
  const picture = new Picture();
  const time = (each: number) => new Date(Date.UTC(2021, 10, 11, 8, each)).toISOString();
  picture.apply({ type: 'hello', state: { mode: 'live', title: '', exercise: false, notice: '', now: time(minute), last_entry: 0, tracks, incidents: [], units: [], entries: [] } });
  return [picture, (each, ...moved) => picture.apply({ type: 'delta', now: time(each), last_entry: 0, tracks: moved })];
}

test('inside is the same from whichever corner and in whichever sense the ring is drawn', () => {
  for (const ring of [square, [...square].reverse(), [...square.slice(2), ...square.slice(0, 2)]]) {
    expect(inside([1.5, 50.5], ring)).toBe(true);
    for (const out of [[0.5, 50.5], [2.5, 50.5], [1.5, 49.5], [1.5, 51.5]] as LonLat[]) expect(inside(out, ring)).toBe(false);
  }
});

test('a concave area has its bay outside', () => {
  const horseshoe: LonLat[] = [[0, 0], [3, 0], [3, 3], [2, 3], [2, 1], [1, 1], [1, 3], [0, 3]];
  expect([inside([1.5, 2], horseshoe), inside([0.5, 2], horseshoe), inside([2.5, 2], horseshoe)]).toEqual([false, true, true]);
});

test('who is inside at first enters nothing; who comes in does, once, until gone for longer than ten minutes', () => {
  const guard = new Guard();
  const [picture, move] = pictureAt(0, track([1.5, 50.5]), track([3, 50], { id: 'M2' }));
  guard.look(picture, [area]);
  expect(guard.entered).toEqual([]);
  move(1, track([1.2, 50.2], { id: 'M2' }));
  guard.look(picture, [area]);
  guard.look(picture, [area]);
  expect(guard.entered.map(({ track: id }) => id)).toEqual(['M2']);
  move(2, track([3, 50], { id: 'M2' }));
  guard.look(picture, [area]);
  move(9, track([1.2, 50.2], { id: 'M2' }));
  guard.look(picture, [area]);
  expect(guard.entered).toHaveLength(1);
  move(10, track([3, 50], { id: 'M2' }));
  guard.look(picture, [area]);
  move(25, track([1.2, 50.2], { id: 'M2' }));
  guard.look(picture, [area]);
  expect(guard.entered).toHaveLength(2);
  // A deleted area takes its alarms with it.
  guard.look(picture, []);
  expect(guard.entered).toEqual([]);
});

test('only the kinds that were chosen raise it', () => {
  const guard = new Guard();
  const [picture, move] = pictureAt(0);
  guard.look(picture, [area]);
  move(1, track([1.5, 50.5], { ship_type: 30 }), track([1.5, 50.5], { id: 'R1', mmsi: null }));
  guard.look(picture, [area]);
  expect(guard.entered).toEqual([]);
  expect([kindOf(track([0, 0], { ship_type: 82 })), kindOf(track([0, 0], { mmsi: null, name: null })), kindOf(track([0, 0], { ship_type: 0 }))]).toEqual(['tanker', 'unidentified', 'other']);
});
