import { expect, test } from 'vitest';
import { geojson, gpx, kml } from '../../src/export';
import { Picture } from '../../src/picture';
import type { State, Track } from '../../src/api';
import { Trails } from '../../src/chart/trails';
import { extractOf } from '../../src/chart/style';
import { geography, makeState } from '../mock-picture.mjs';

function picture(): Picture {
  const made = new Picture();
  const state = makeState({ ships: 3 }) as unknown as State;
  state.incidents[0]!.boat = 'A & <B>';
  state.units[0]!.at = null;
  made.apply({ type: 'hello', state });
  return made;
}

test('what is saved has every open incident, unit and craft with a place, and nothing without one', () => {
  const { features, name } = JSON.parse(geojson(picture())) as { name: string; features: { geometry: { coordinates: number[] }; properties: Record<string, unknown> }[] };
  expect(name).toMatch(/^EXERCISE, /);
  expect(features.map(({ properties }) => properties.name)).toEqual(['I1 · A & <B>', 'I2 · B', 'I3 · C', 'Cutter Sample', 'Patrouilleur Exemple', 'Remorqueur Exemple', 'Rescue 163', 'Avion Exemple', 'EXERCISE 0', 'EXERCISE 1', 'EXERCISE 2']);
  expect(features[0]!.geometry.coordinates).toEqual([1.45, 50.98]);
});

test('GPX and KML are well formed whatever a boat is called, with latitude where each wants it', () => {
  expect(gpx(picture())).toContain('<wpt lat="50.98" lon="1.45"><time>2021-11-11T07:57:00.000Z</time><name>I1 · A &amp; &lt;B&gt;</name>');
  expect(kml(picture())).toContain('<coordinates>1.45,50.98</coordinates>');
  expect(gpx(picture()).match(/<wpt /g)).toHaveLength(11);
});

test('a trail is a place a minute, half an hour of them, and forgets who has gone', () => {
  const trails = new Trails();
  const at = (minute: number): Track => ({ id: 'M1', state: 'confirmed', at: [1 + minute / 100, 51], updated: '' });
  const time = (minute: number) => new Date(Date.UTC(2021, 10, 11, 5, 0, minute * 60)).toISOString();
  for (let half = 0; half <= 80; half++) trails.take([at(half / 2)], time(half / 2));
  const line = trails.line(at(40));
  expect(line).toHaveLength(31);
  expect(line[0]![0]).toBeCloseTo(1.11, 5);
  expect(line.at(-1)![0]).toBeCloseTo(1.4, 5);
  trails.clear();
  expect(trails.line(at(40))).toEqual([]);
});

test('the known waters are the box of the land that the chart was made from', () => {
  const [feature] = extractOf(geography as GeoJSON.FeatureCollection).features;
  expect((feature!.geometry as GeoJSON.Polygon).coordinates[0]!.slice(0, 3)).toEqual([[0.3, 50.3], [2.9, 50.3], [2.9, 51.5]]);
  expect(extractOf({ type: 'FeatureCollection', features: [] }).features).toEqual([]);
});
