/** A made-up picture of the strait for the mock server. Places and names are invented; the coast is a sketch. */

/** A small generator with a seed, so that every run shows the same ships. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const kent = [
  [0.3, 50.76], [0.62, 50.87], [0.97, 50.91], [1.0, 50.98], [1.08, 51.06], [1.19, 51.08], [1.34, 51.13], [1.4, 51.2],
  [1.39, 51.3], [1.44, 51.37], [1.2, 51.38], [0.9, 51.36], [0.3, 51.5], [0.3, 50.76],
];
const calaisis = [
  [1.58, 50.3], [1.57, 50.6], [1.58, 50.78], [1.6, 50.87], [1.75, 50.93], [1.87, 50.97], [2.15, 51.01], [2.4, 51.05],
  [2.55, 51.09], [2.9, 51.2], [2.9, 50.3], [1.58, 50.3],
];
const feature = (type, coordinates, properties) => ({ type: 'Feature', properties, geometry: { type, coordinates } });

export const geography = {
  type: 'FeatureCollection',
  features: [
    feature('Polygon', [kent], { layer: 'land' }),
    feature('Polygon', [calaisis], { layer: 'land' }),
    feature('LineString', [[1.0, 50.5], [1.3, 50.9], [1.45, 51.0], [1.8, 51.2], [2.2, 51.5]], { layer: 'line', feature: 'EEZ and continental shelf', reference: 'sketch' }),
    feature('LineString', [[0.9, 50.45], [1.4, 50.85], [1.75, 51.05], [2.3, 51.35]], { layer: 'lane', feature: 'NE-bound lane' }),
    feature('LineString', [[2.1, 51.5], [1.55, 51.08], [1.1, 50.8], [0.7, 50.6]], { layer: 'lane', feature: 'SW-bound lane' }),
    ...[['Dover', 1.31, 51.13], ['Folkestone', 1.17, 51.08], ['Ramsgate', 1.42, 51.34], ['Calais', 1.86, 50.95], ['Boulogne-sur-Mer', 1.6, 50.73], ['Dunkerque', 2.37, 51.04]].map(
      ([name, lon, lat]) => feature('Point', [lon, lat], { layer: 'place', name }),
    ),
  ],
};

const NOW = '2021-11-11T08:00:00Z';
const before = (minutes) => new Date(Date.parse(NOW) - minutes * 60000).toISOString();

function ships(count) {
  const next = random(7);
  return Array.from({ length: count }, (_, i) => {
    const along = next();
    const eastward = i % 2 === 0;
    const course = eastward ? 46 : 226;
    const unidentified = i % 12 === 5;
    const at = [0.95 + along * 1.2 + (next() - 0.5) * 0.1, 50.52 + along * 0.78 + (eastward ? -0.03 : 0.06) + (next() - 0.5) * 0.16];
    const common = { at, speed_mps: unidentified ? 2.2 : 3 + next() * 6, course_deg: course, heading_deg: course, updated: NOW, source: 'ais', state: 'confirmed' };
    if (unidentified)
      return { ...common, id: `R${i}`, heading_deg: null, state: i % 24 === 5 ? 'coasting' : 'confirmed', updated: i % 24 === 5 ? before(4) : NOW, source: 'radar Dover', ellipse: { major_m: 700, minor_m: 300, direction_deg: course } };
    return { ...common, id: `M${235000000 + i}`, mmsi: 235000000 + i, name: `EXERCISE ${i}`, callsign: `X${i}`, ship_type: 70 + (i % 20), length_m: 60 + (i % 9) * 30 };
  });
}

const incident = (number, phase, at, rest = {}) => ({
  id: `I${number}`, boat: String.fromCharCode(64 + number), craft: 'inflatable', phase, why: 'a call for help: taking water, engine stopped',
  centre: number % 2 ? 'MRCC Dover' : 'CROSS Gris-Nez', open: true, close_reason: '', opened: before(60 + number), changed: before(number * 3), at, at_time: before(number * 3),
  error_m: 900, persons: [30, 35], states: { at_sea: [30, 35], rescued: [0, 0], landed: [0, 0], handed_over: [0, 0], dead: [0, 0], missing: [0, 0] }, forecast: '', dangers: [], heard: before(number * 3), assigned: [], ...rest,
});

const units = [
  ['RNLI Sample', 'lifeboat', 'UK', 'MRCC Dover', [1.38, 51.06]], ['Cutter Sample', 'cutter', 'UK', 'MRCC Dover', [1.5, 51.02]],
  ['Patrouilleur Exemple', 'patrol', 'FR', 'CROSS Gris-Nez', [1.63, 50.95]], ['Remorqueur Exemple', 'tug', 'FR', 'CROSS Gris-Nez', [1.55, 50.75]],
  ['Rescue 163', 'helicopter', 'UK', 'MRCC Dover', [1.2, 50.95]], ['Avion Exemple', 'aeroplane', 'FR', 'CROSS Gris-Nez', [1.8, 51.1]],
].map(([name, kind, state, centre, at]) => ({ name, kind, state, centre, base: 'a base', speed_mps: 12, search_speed_mps: kind === 'lifeboat' ? 7.7 : null, capacity: kind === 'aeroplane' ? 0 : 40, at, course_deg: 90, over_ground_mps: 8, updated: NOW, aboard: [0, 0] }));

export const people = {
  set_out: [1352, 1352], prevented: [99, 99], at_sea: [0, 0], rescued: [0, 0], landed: [1250, 1250], handed_over: [0, 0], dead: [0, 0], missing: [3, 3],
  boats_landed: 36, balanced: true,
  claims: [{ time: '2021-11-12T09:00:00Z', from: 'Home Office', subject: 'arrived', about: '2021-11-11', persons: [1185, 1185], boats: null, status: 'provisional' }],
};

/** @returns {import('../src/api').Entry} */
export function entry(number, text, rest = {}) {
  return { number, time: before(Math.max(0, 400 - number)), kind: 'report', body: { text, source: 'reports', report: { id: `r${number}`, kind: 'call', taking_water: true }, ...rest } };
}

export function makeState({ ships: count = 150, mode = 'replay', exercise = true } = {}) {
  const allEntries = Array.from({ length: 400 }, (_, i) => entry(i + 1, `Entry ${i + 1}: CROSS Gris-Nez reports a boat off Wissant`, { incident: 'I1' }));
  return {
    mode, title: 'A made-up day in the strait', exercise, notice: 'No position on this page is real.', now: NOW,
    start: '2021-11-11T00:00:00Z', end: '2021-11-12T00:00:00Z', playing: false, speed: 60, last_entry: 400,
    tracks: ships(count), units, people,
    incidents: [
      incident(1, 'distress', [1.45, 50.98], { forecast: 'F1', dangers: ['taking_water', 'engine_stopped'], nobody: '',
        proposed: [{
          unit: 'Cutter Sample', stop: 1, eta: before(-23), eta_to: 'F1', entry: 390,
          text: 'Cutter Sample to I1: with the boat in 23 min (90 %: 31 min), 7.6 nm, chance of contact on arrival 92 %; the nearest idle unit, Patrouilleur Exemple, would take 27 min',
        }],
      }),
      incident(2, 'alert', [1.6, 51.05], { assigned: [{ unit: 'RNLI Sample', task: 'rescue', eta: before(-14) }] }), incident(3, 'uncertainty', [1.3, 50.85]),
      incident(4, 'distress', [1.7, 51.12], { open: false, close_reason: 'everybody landed at Dover', states: { landed: [30, 30] } }),
    ],
    entries: allEntries.slice(-200), allEntries,
    details: {
      notes: [{ time: before(385), source: 'r15', what: 'Caller says the engine stopped and water comes in.' }],
      persons_claims: [{ time: before(40), source: 'r15', from: 'caller', persons: [30, 30], counted: true }, { time: before(30), source: 'r20', from: 'CROSS Gris-Nez', persons: [35, 35], counted: true }],
      units: [{ name: 'RNLI Sample', distance_m: 9300, minutes: 13 }, { name: 'Cutter Sample', distance_m: 14000, minutes: 21 }],
      verdicts: [
        {
          response: 'turn_round', title: 'Turn the boat round', kind: 'enforcement', ruling: 'refused', summary: 'refused: distress is not ruled out', entry: 386,
          overrides: [],
          verdicts: [{
            summary: 'refused: distress is not ruled out', doctrine: { name: 'sketch', title: 'A made-up rule' },
            rules: [{ id: 'no_distress', says: 'distress is ruled out for this boat', truth: 'no', citation: 'none', said: [{ source: 'caller', at: before(385), entry: 385 }] }],
            consents: [{ role: 'captain', given: null }],
          }],
        },
        { response: 'rescue', title: 'Rescue those aboard', kind: 'rescue', ruling: 'required', summary: 'required: every condition holds', entry: 387, overrides: [], verdicts: [] },
      ],
      postings: [{ time: before(40), from: 'nobody counted', to: 'at sea', persons: [30, 35], source: 'r15', reason: '' }],
    },
  };
}

export function makeForecast(state, count) {
  const next = random(11);
  const normal = () => Math.sqrt(-2 * Math.log(next() || 1e-9)) * Math.cos(2 * Math.PI * next());
  const cloud = Array.from({ length: count }, () => [normal(), normal()]);
  const ring = ([lon, lat], radius) => Array.from({ length: 40 }, (_, i) => [lon + 1.6 * radius * Math.cos((i * Math.PI) / 20), lat + radius * Math.sin((i * Math.PI) / 20)]);
  const from = Date.parse(state.now) - 3600000;
  return {
    id: 'F1', incident: 'I1', leeway: 'inflatable', description: 'Inflatable, overloaded', from: new Date(from).toISOString(), seed: 42, particles: count,
    sources: ['tidal streams of the Channel', 'stated wind'],
    snapshots: Array.from({ length: 13 }, (_, hour) => {
      const centre = [1.45 + hour * 0.03, 50.98 + hour * 0.02];
      const spread = 0.012 + 0.006 * hour;
      return {
        time: new Date(from + hour * 3600000).toISOString(),
        points: cloud.map(([x, y], i) => [centre[0] + 1.6 * spread * x, centre[1] + spread * y, i % 50 === 0 ? 1 : 0]),
        contour50: [ring(centre, 1.18 * spread)], contour90: [ring(centre, 2.15 * spread)],
      };
    }),
  };
}

/** A plan of one box a unit side by side on the datum, or what is said of boxes that somebody drew; the figures are made up. */
export function makePlan({ at, forecast }, asked, planned) {
  const [lon, lat] = at;
  const until = new Date(Date.parse(asked.from) + asked.length * 1000).toISOString();
  const tasks = (asked.boxes ?? asked.units.map(({ unit }, i) => ({ unit, from: asked.from, until, centre: [lon + 0.06 * i, lat + 0.02], length_m: 5556, width_m: 2778, axis_deg: 40 })))
    .map((box) => ({ ...box, coverage: 0.9 }));
  const count = {};
  const named = tasks.map((box) => ({ box, name: `${box.unit}, box ${(count[box.unit] = (count[box.unit] ?? 0) + 1)}` }));
  const way = ({ centre: [x, y] }) => [[x - 0.02, y - 0.01], [x + 0.02, y - 0.01], [x + 0.02, y], [x - 0.02, y], [x - 0.02, y + 0.01], [x + 0.02, y + 0.01]];
  return {
    planned, asked, forecast, pos: asked.boxes ? 0.41 : 0.62, bound: 0.645, at_least: asked.boxes ? 0.636 : 0.961, square_pos: 0.51, tasks,
    left_out: [{ unit: 'Avion Exemple', why: 'its search speed is not known' }],
    notes: ['A clearer day than the table has counts as its last.'],
    geojson: { type: 'FeatureCollection', features: named.map(({ box, name }) => feature('LineString', way(box), { name, unit: box.unit, pattern: asked.pattern })) },
    gpx: `<gpx>${named.map(({ name }) => `<rte><name>${name}</name></rte>`).join('')}</gpx>`,
    rtz: named.map(({ name }) => ({ name, text: `<route version="1.0"><routeInfo routeName="${name}"/></route>` })),
    message: `SEARCH ACTION PLAN\nOBJECT ${asked.object.toUpperCase()}\n${named.map(({ name }) => name.toUpperCase()).join('\n')}`,
  };
}

/** Every ship on along its course; the delta that says so. */
export function sail(state, seconds) {
  for (const track of state.tracks) {
    const run = (track.speed_mps * seconds) / 111320;
    const course = (track.course_deg * Math.PI) / 180;
    track.at = [track.at[0] + (run * Math.sin(course)) / Math.cos((track.at[1] * Math.PI) / 180), track.at[1] + run * Math.cos(course)];
  }
  state.now = new Date(Date.parse(state.now) + seconds * 1000).toISOString();
  for (const track of state.tracks) if (track.state === 'confirmed') track.updated = state.now;
  return { now: state.now, tracks: state.tracks };
}
