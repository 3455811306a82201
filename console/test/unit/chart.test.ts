import { describe, expect, test } from 'vitest';
import type { Forecast, LonLat, Mark, State, Track } from '../../src/api';
import { cloudAt, minuteShown, nearestHour, tally } from '../../src/chart/forecast';
import { approach } from '../../src/chart/approach';
import { ahead, bearingBetween, distanceBetween, ellipseRing, offset, Projection } from '../../src/chart/geo';
import { boxOf, corners, placeLabels } from '../../src/chart/labels';
import type { Candidate } from '../../src/chart/labels';
import { candidates } from '../../src/chart/names';
import { pickAt } from '../../src/chart/pick';
import { markSort } from '../../src/format';
import { chartColours } from '../../src/palette';
import { scaleBar } from '../../src/panels/scale-bar';
import { markShape, signOf, opacityOf } from '../../src/chart/signs';
import { makeForecast, makeState } from '../mock-picture.mjs';

const DOVER: LonLat = [1.35, 51.05];
const buoy: Mark = { mmsi: 992351001, kind: 'aid_to_navigation', name: 'VARNE', at: DOVER, virtual: false, off_position: false, updated: '2021-11-11T08:00:00Z' };

test('an ellipse lies as far from its middle as its axes say', () => {
  const ring = ellipseRing(DOVER, { major_m: 800, minor_m: 300, direction_deg: 30 });
  const reach = ring.map((corner) => distanceBetween(DOVER, corner));
  expect(Math.max(...reach)).toBeCloseTo(800, -1);
  expect(Math.min(...reach)).toBeCloseTo(300, -1);
  expect(distanceBetween(ring[0]!, ahead(DOVER, 800, 30, 1))).toBeLessThan(2);
  expect(ring[0]![0]).toBeCloseTo(ring.at(-1)![0], 9);
});

test('a course line is as long as the run', () => {
  expect(distanceBetween(DOVER, ahead(DOVER, 10, 225, 360))).toBeCloseTo(3600, -1);
  expect(ahead(DOVER, 10, 180, 360)[1]).toBeLessThan(DOVER[1]);
  expect(offset(DOVER, 0, 0)).toEqual(DOVER);
});

test('the projection puts the centre in the middle, east to the right and north up', () => {
  const projection = new Projection(DOVER, 10, 800, 600);
  expect(projection.x(DOVER[0])).toBeCloseTo(400, 6);
  expect(projection.y(DOVER[1])).toBeCloseTo(300, 6);
  expect(projection.x(1.4)).toBeGreaterThan(400);
  expect(projection.y(51.1)).toBeLessThan(300);
  // The world is 512 · 2^10 pixels round.
  expect(projection.x(DOVER[0] + 360) - projection.x(DOVER[0])).toBeCloseTo(512 * 1024, 3);
});

const candidate = (key: string, at: LonLat, weight: number): Candidate => ({ key, text: `SHIP ${key}`, at, weight, clear: 7, size: 11, colour: [0, 0, 0] });

test('no two names overlap, none covers a mark, and the weightiest stand', () => {
  const projection = new Projection(DOVER, 9, 700, 640);
  let seed = 5;
  const next = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  const crowd = Array.from({ length: 2000 }, (_, i) => candidate(String(i), [1.35 + (next() - 0.5) * 1.2, 51.05 + (next() - 0.5) * 0.7], next() * 10));
  crowd.push({ ...candidate('incident', DOVER, 900), clear: 12 });
  const marks = [{ at: DOVER, clear: 12 }];
  const placed = placeLabels(crowd, marks, projection, new Map());
  expect(placed.length).toBeGreaterThan(50);
  expect(placed[0]!.key).toBe('incident');
  const boxes = placed.map((each) => boxOf(projection.x(each.at[0]), projection.y(each.at[1]), each, each.side));
  boxes.push({ left: 350 - 12, right: 350 + 12, top: 320 - 12, bottom: 320 + 12 });
  boxes.forEach((a, i) =>
    boxes.slice(i + 1).forEach((b) =>
      expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false),
    ),
  );
});

test('a name that stood keeps its place against a newcomer of its weight', () => {
  const projection = new Projection(DOVER, 9, 700, 640);
  const near: LonLat = [1.351, 51.05];
  const both = [candidate('a', DOVER, 1), candidate('b', near, 1)].map((each) => ({ ...each, text: 'A LONG NAME INDEED '.repeat(2) }));
  const standing = placeLabels([both[1]!], [], projection, new Map());
  const then = placeLabels(both, [], projection, new Map(standing.map(({ key, side }) => [key, side])));
  expect(then[0]).toMatchObject({ key: 'b', side: standing[0]!.side });
});

test('no name stands where the scale and the forecast\u2019s time are written', () => {
  const projection = new Projection(DOVER, 9, 700, 640);
  const atScale: LonLat = [DOVER[0] - (310 * 360) / (512 * 2 ** 9), 50.789];
  expect(projection.x(atScale[0])).toBeCloseTo(40, 0);
  expect(projection.y(atScale[1])).toBeGreaterThan(610);
  const one = [candidate('a', atScale, 1)];
  expect(placeLabels(one, [], projection, new Map())[0]).toMatchObject({ side: 'right' });
  expect(placeLabels(one, [], projection, new Map(), corners(projection, false))).toEqual([]);
  expect(corners(projection, false)).toHaveLength(2);
  expect(corners(projection, true)).toHaveLength(3);
});

test('an age cannot be read as part of a name', () => {
  const [ship] = makeState({ ships: 1 }).tracks as unknown as Track[];
  const scene = { now: '2021-11-11T08:00:00Z', zoom: 12, marks: [], units: [], incidents: [], places: [], selected: null, colours: chartColours.day };
  const [named] = candidates({ ...scene, tracks: [{ ...ship!, name: 'FERRY 7', updated: '2021-11-11T07:57:00Z' }] });
  expect(named!.text).toBe('FERRY 7 · 3 min');
});

test('the pointer finds incidents before units before ships, and nothing far away', () => {
  const projection = new Projection(DOVER, 10, 800, 600);
  const state = makeState({ ships: 1 }) as unknown as State;
  const track = { ...state.tracks[0]!, at: DOVER };
  const none = { incidents: [], units: [], tracks: [track], marks: [] };
  expect(pickAt(405, 303, projection, none)).toEqual({ kind: 'track', id: track.id });
  expect(pickAt(440, 300, projection, none)).toBeNull();
  const incident = { ...state.incidents[0]!, at: DOVER };
  const unit = { ...state.units[0]!, at: DOVER };
  expect(pickAt(400, 300, projection, { ...none, marks: [buoy] })!.kind).toBe('track');
  expect(pickAt(400, 300, projection, { ...none, tracks: [], marks: [buoy] })).toEqual({ kind: 'mark', id: '992351001' });
  expect(pickAt(400, 300, projection, { ...none, units: [unit] })!.kind).toBe('unit');
  expect(pickAt(400, 300, projection, { incidents: [incident], units: [unit], tracks: [track], marks: [buoy] })!.kind).toBe('incident');
});

test('a mark is named at once as what it is, and its shape says whether it is there', () => {
  const scene = { now: buoy.updated, zoom: 12, tracks: [], units: [], incidents: [], places: [], selected: null, colours: chartColours.day };
  const nameOf = (mark: Mark, zoom = 12) => candidates({ ...scene, zoom, marks: [mark] })[0]?.text;
  expect(nameOf(buoy)).toBe('VARNE');
  expect(nameOf({ ...buoy, virtual: true })).toBe('VARNE (virtual)');
  expect(nameOf({ ...buoy, name: '', mmsi: 2320001 })).toBe('MMSI 002320001');
  expect(nameOf(buoy, 8)).toBeUndefined();
  expect(nameOf({ ...buoy, off_position: true }, 8)).toBe('VARNE · off position');
  expect(markSort({ ...buoy, kind: 'base_station' })).toBe('AIS base station');
  const shapes = [buoy, { ...buoy, virtual: true }, { ...buoy, kind: 'base_station' as const }].map(markShape);
  expect(new Set(shapes).size).toBe(3);
});

test('identity shows in the shape, age in the strength', () => {
  const [ship] = makeState({ ships: 1 }).tracks as unknown as Track[];
  const now = '2021-11-11T08:00:00Z';
  expect(signOf(ship!)).toBe('ship');
  expect(signOf({ ...ship!, heading_deg: null, speed_mps: 0 })).toBe('stopped');
  expect(signOf({ ...ship!, mmsi: null })).toBe('unknownMoving');
  expect(signOf({ ...ship!, mmsi: null, heading_deg: null, speed_mps: null })).toBe('unknown');
  const fresh = opacityOf({ ...ship!, updated: now }, now);
  const old = opacityOf({ ...ship!, updated: '2021-11-11T07:57:00Z' }, now);
  const coasting = opacityOf({ ...ship!, state: 'coasting' }, now);
  expect(fresh).toBe(255);
  expect(old).toBeLessThan(fresh);
  expect(coasting).toBeLessThan(old);
});

test('the forecast is shown to the minute and within its hours, with every particle accounted for', () => {
  const forecast = makeForecast(makeState(), 500) as unknown as Forecast;
  const shown = (time: string) => new Date(minuteShown(forecast, Date.parse(time))!).toISOString();
  expect(shown('2021-11-11T08:20:40Z')).toBe('2021-11-11T08:20:00.000Z');
  expect(shown('2021-11-11T05:00:00Z')).toBe(forecast.snapshots[0]!.time);
  expect(shown('2021-11-12T08:00:00Z')).toBe('2021-11-11T19:00:00.000Z');
  expect(minuteShown({ ...forecast, snapshots: [] }, 0)).toBeNull();
  const cloud = cloudAt(forecast, Date.parse(forecast.snapshots[0]!.time));
  expect(tally(cloud)).toEqual([490, 10, 0]);
  expect(cloud.positions[2]).toBeCloseTo(forecast.snapshots[0]!.points[1]![0], 5);
  expect(cloud.contour50).toEqual(forecast.snapshots[0]!.contour50);
});

test('between two hours each point is on its way, and the contours go and widen with them', () => {
  const hour = (time: string, points: [number, number, number][], contour: LonLat[]) => ({ time, points, contour50: [contour], contour90: [] });
  const forecast = {
    id: 'F1',
    snapshots: [
      hour('2021-11-11T08:00:00Z', [[1.5, 51, 0], [1.6, 51.1, 0]], [[1.4, 51], [1.7, 51.1]]),
      hour('2021-11-11T09:00:00Z', [[1.6, 51.2, 0], [1.9, 51.3, 1]], [[1.5, 51.2], [2, 51.3]]),
    ],
  } as unknown as Forecast;
  const rounded = (values: Iterable<number>) => [...values].map((value) => Number(value.toFixed(4)));
  const cloud = cloudAt(forecast, Date.parse('2021-11-11T08:15:00Z'));
  expect(rounded(cloud.positions)).toEqual([1.525, 51.05, 1.675, 51.15]);
  expect([...cloud.states]).toEqual([0, 0]);
  expect(rounded(cloud.datum!)).toEqual([1.6, 51.1]);
  // Half as far apart again from west to east, and as far from south to north.
  expect(rounded(cloud.contour50[0]!.flat())).toEqual([1.375, 51.05, 1.825, 51.15]);
  // From the half hour on the later hour is the nearer, and is carried back.
  const later = cloudAt(forecast, Date.parse('2021-11-11T08:45:00Z'));
  expect(rounded(later.contour50[0]!.flat())).toEqual([1.4917, 51.15, 1.9083, 51.25]);
  expect(tally(later)).toEqual([1, 1, 0]);
  expect(nearestHour(forecast, Date.parse('2021-11-11T08:45:00Z'))).toBe(1);
});

test('the scale bar is the longest round distance that fits', () => {
  const [miles, pixels] = scaleBar(100);
  expect(miles).toBe(5);
  expect(pixels).toBeCloseTo(92.6, 1);
  expect(scaleBar(10_000)[0]).toBe(100);
  expect(scaleBar(0.1)[0]).toBe(0.05);
});

test('bearings are those of the chart', () => {
  expect(bearingBetween([1.3, 51], [1.3, 51.1])).toBeCloseTo(0, 6);
  expect(bearingBetween([1.3, 51], [1.3, 50.9])).toBeCloseTo(180, 6);
  // Over a mile the parallel and the great circle are one to a hundredth of a degree.
  expect(bearingBetween([1.3, 51], [1.325, 51])).toBeCloseTo(90, 1);
  expect(bearingBetween([1.3, 51], [1.275, 51])).toBeCloseTo(270, 1);
});

describe('closest approach', () => {
  // Ten knots, in metres a second; a mile of latitude is a minute.
  const tenKnots = 5.14444;
  test('of two that meet head on, six miles apart, after eighteen minutes at 0 m', () => {
    const found = approach({ at: [1.3, 51], speed_mps: tenKnots, course_deg: 0 }, { at: [1.3, 51.1], speed_mps: tenKnots, course_deg: 180 })!;
    expect(found.tcpa_s / 60).toBeCloseTo(18, 1);
    expect(found.cpa_m).toBeLessThan(1);
  });
  test('of one that passes a buoy half a mile abeam', () => {
    const east = 926 / (111195 * Math.cos((51 * Math.PI) / 180));
    const found = approach({ at: [1.3, 51], speed_mps: tenKnots, course_deg: 0 }, { at: [1.3 + east, 51.05] })!;
    expect(found.cpa_m).toBeCloseTo(926, 0);
    expect(found.tcpa_s / 60).toBeCloseTo(18, 1);
  });
  test('is none where they draw apart or keep their distance', () => {
    expect(approach({ at: [1.3, 51], speed_mps: 5, course_deg: 180 }, { at: [1.3, 51.1], speed_mps: 5, course_deg: 0 })).toBeNull();
    expect(approach({ at: [1.3, 51], speed_mps: 5, course_deg: 90 }, { at: [1.3, 51.1], speed_mps: 5, course_deg: 90 })).toBeNull();
    expect(approach({ at: [1.3, 51] }, { at: [1.3, 51.1] })).toBeNull();
  });
});
