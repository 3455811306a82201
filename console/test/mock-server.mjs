/**
 * A stand-in for the server (docs/api.md) for the console's own tests and for working on the console without one:
 *   node test/mock-server.mjs --port 8080 --ships 10000 --cloud 20000 --moving
 * Serves dist/ and a made-up afternoon; every place in it is invented.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { accountRoutes } from './mock-accounts.mjs';
import { entry, geography, makeForecast, makePlan, makeState, sail } from './mock-picture.mjs';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

/**
 * @param {{port?: number, ships?: number, cloud?: number, mode?: 'replay'|'live', exercise?: boolean, me?: object, accounts?: object, provider?: string}} wishes
 * @returns a handle: its url, its state (change it, then push), what was asked, and ways to push, reset, cut and mend
 */
export async function startMock(wishes = {}) {
  const state = makeState(wishes);
  const forecast = makeForecast(state, wishes.cloud ?? 2000);
  const asked = { play: [], reports: [], searches: [], access: [], paths: [] };
  /** Answers to reports, one after another, in place of the usual. */
  const instead = [];
  /** The same of searches. */
  const insteadOfPlans = [];
  const lastSearches = new Map();
  const sockets = new WebSocketServer({ noServer: true });
  const everybody = (frame) => sockets.clients.forEach((socket) => socket.send(JSON.stringify(frame)));
  let refusing = false;
  /** How far the desk is, while it starts. */
  let starting = null;
  let frozen = false;
  const held = [];

  /** Who is signed in; with `accounts` nobody is until the password "exercise" comes. */
  let who = wishes.accounts ? null : { account: '', role: 'coordinator', demonstration: true, ...wishes.me };
  const routes = {
    'GET /api/me': () => who ?? [401, { error: 'sign in first' }],
    'POST /api/login': (_url, body) => {
      if (body.password !== 'exercise') return [401, { error: 'That account and password do not go together.' }];
      who = { account: body.account, demonstration: false, ...wishes.accounts };
      return {};
    },
    'GET /api/oidc/offered': () => ({ offered: Boolean(wishes.provider) }),
    // The provider's own page is left out: whoever goes there comes back signed in.
    'GET /api/oidc': () => ((who = { account: wishes.provider, demonstration: false, ...wishes.accounts }), [303, {}]),
    'POST /api/logout': () => ((who = null), {}),
    'POST /api/me/password': (_url, body) => {
      asked.access.push({ path: '/api/me/password', ...body });
      if (body.password !== 'exercise') return [400, { error: 'password: That is not your password.' }];
      if (body.new.length < 12) return [400, { error: 'new: is too short; 12 characters are the least' }];
      who = null;
      sockets.clients.forEach((socket) => socket.terminate());
      return {};
    },
    'GET /api/state': () => state,
    'GET /api/map': () => geography,
    'GET /api/health': () => ({ ok: true, version: 'mock', now: state.now, last_entry: state.last_entry }),
    'GET /api/entries': (url) => {
      const before = Number(url.searchParams.get('before') ?? Infinity);
      const limit = Number(url.searchParams.get('limit') ?? 200);
      const below = state.allEntries.filter(({ number }) => number < before);
      const kinds = url.searchParams.get('kinds');
      const words = url.searchParams.get('words');
      if (kinds === null && words === null) return { entries: below.slice(-limit), last: state.last_entry };
      const sought = (words ?? '').toLowerCase().split(' ');
      const found = below.filter(({ kind, body }) => (!kinds || kinds.split(',').includes(kind)) && sought.every((word) => `${kind} ${JSON.stringify(body)}`.toLowerCase().includes(word)));
      return { entries: found.slice(-limit), all: found.length <= limit };
    },
    // The land of the mock is a square north of 51.3 N.
    'GET /api/sea': (url) => ({
      current: { speed_mps: 0.9, towards_deg: 41 }, wind: { speed_mps: 4, towards_deg: 70 }, wave_height_m: 0.4,
      water_temperature_c: 13.1, depth_m: null, level_m: 1.2, land: Number(url.searchParams.get('lat')) > 51.3, state: 'UK', centre: 'MRCC Dover',
    }),
    'POST /api/play': (_url, body) => {
      asked.play.push(body);
      Object.assign(state, { playing: body.playing ?? state.playing, speed: body.speed ?? state.speed });
      if (body.to) reset({ now: body.to, sandbox: null });
      else everybody({ type: 'play', playing: state.playing, speed: state.speed, now: state.now, sandbox: state.sandbox });
      return {};
    },
    'POST /api/reports': (_url, body) => {
      asked.reports.push(body);
      if (instead.length > 0) return instead.shift();
      if (body.kind === 'acknowledge') push({ alarms: state.alarms.map((each) => (each.alarm === body.alarm ? { ...each, seen_by: body.from, seen: body.time } : each)) });
      if (body.kind === 'call' && !body.at) return [400, { error: 'report: at: a call for help needs a place; give [lon, lat]' }];
      // The report, and of one about an incident what it changed there.
      const texts = [`${body.from} reports: ${body.kind}`, ...(body.boat?.match(/^I\d+$/) ? [`Incident ${body.boat} has changed`] : [])];
      const entries = texts.map((text) => entry(++state.last_entry, `Entry ${state.last_entry}: ${text}`, { report: body, incident: body.boat }));
      push({ entries });
      if (state.mode === 'replay' && !state.sandbox) {
        state.sandbox = state.now;
        everybody({ type: 'play', playing: state.playing, speed: state.speed, now: state.now, sandbox: state.sandbox });
      }
      return { accepted: body.id, entries: entries.map(({ number }) => number) };
    },
  };

  const accounts = accountRoutes(() => who);
  const answer = (url, method, body) => {
    if (/^\/api\/(accounts|programs)/.test(url.pathname)) {
      if (method !== 'GET') asked.access.push({ path: url.pathname, ...body });
      return accounts(method, url.pathname, body);
    }
    const track = url.pathname.match(/^\/api\/tracks\/(.+)$/);
    if (track) {
      const found = state.tracks.find(({ id }) => id === decodeURIComponent(track[1]));
      const evidence = found && [{ time: found.updated, source: 'ais', raw: `!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*23 ${found.id}` }];
      return found ? { ...found, evidence } : [404, { error: 'no such track' }];
    }
    const search = url.pathname.match(/^\/api\/incidents\/([^/]+)\/search$/);
    if (search && method === 'GET') return [200, lastSearches.get(search[1]) ?? null];
    if (search) {
      asked.searches.push(body);
      const refused = insteadOfPlans.shift();
      if (!refused) lastSearches.set(search[1], makePlan(state.incidents.find(({ id }) => id === search[1]), body, state.now));
      return refused ?? lastSearches.get(search[1]);
    }
    const incident = url.pathname.match(/^\/api\/incidents\/([^/]+)(\/forecast)?$/);
    if (incident) {
      const found = state.incidents.find(({ id }) => id === incident[1]);
      if (!found) return [404, { error: 'no such incident' }];
      if (incident[2]) return found.forecast ? { ...forecast, incident: found.id, id: found.forecast } : [404, { error: 'no forecast yet' }];
      return { ...found, ...state.details };
    }
    return routes[`${method} ${url.pathname}`]?.(url, body);
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://mock');
    asked.paths.push(`${request.method} ${url.pathname}${url.search}`);
    if (refusing) return request.socket.destroy();
    if (frozen) return;
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      if (starting) return response.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': '1' }).end(JSON.stringify({ error: 'this desk is starting', starting }));
      if (!url.pathname.startsWith('/api/')) return file(url.pathname, response);
      const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : null;
      const result = answer(url, request.method, body) ?? [404, { error: 'no such thing' }];
      const [status, value] = Array.isArray(result) ? result : [200, result];
      response.writeHead(status, { 'Content-Type': 'application/json', ...(status === 303 ? { Location: '/' } : {}) }).end(JSON.stringify(value && publicPart(value)));
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (refusing || starting || !who) return socket.destroy();
    if (frozen) return held.push(socket);
    sockets.handleUpgrade(request, socket, head, (peer) => peer.send(JSON.stringify({ type: 'hello', state: publicPart(state) })));
  });
  await new Promise((resolve) => server.listen(wishes.port ?? 0, '127.0.0.1', resolve));

  /** Tells everybody what changed; the state itself changes with it. */
  function push(delta) {
    merge(state, delta);
    everybody({ type: 'delta', now: state.now, last_entry: state.last_entry, sent_ms: Date.now(), ...delta });
  }
  function reset(change) {
    Object.assign(state, change);
    everybody({ type: 'reset', state: publicPart(state) });
  }
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    state, asked, instead, insteadOfPlans, push, reset,
    /** The session is over, as at its time. */
    endSession() {
      who = null;
      sockets.clients.forEach((socket) => socket.terminate());
    },
    /** All ships move on by so many seconds, told in one delta. */
    sail: (seconds) => push(sail(state, seconds)),
    cut() {
      refusing = true;
      sockets.clients.forEach((socket) => socket.terminate());
    },
    /** Keeps every connection and says nothing more. */
    freeze: () => (frozen = true),
    /** It begins anew, and says how far it is. */
    start(far) {
      starting = far;
      sockets.clients.forEach((socket) => socket.terminate());
    },
    mend: () => (refusing = frozen = starting = false),
    async close() {
      held.forEach((socket) => socket.destroy());
      sockets.clients.forEach((socket) => socket.terminate());
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a real server would say: without the mock's own stores. */
function publicPart(value) {
  const shown = { ...value };
  delete shown.allEntries;
  delete shown.details;
  return shown;
}

function merge(state, delta) {
  const put = (list, news, key) => {
    for (const value of news ?? []) {
      const i = list.findIndex((each) => each[key] === value[key]);
      if (i < 0) list.push(value);
      else list[i] = value;
    }
  };
  if (delta.now) state.now = delta.now;
  if (delta.last_entry) state.last_entry = delta.last_entry;
  if (delta.tracks !== state.tracks) put(state.tracks, delta.tracks, 'id');
  state.marks ??= [];
  put(state.marks, delta.marks, 'mmsi');
  put(state.incidents, delta.incidents, 'id');
  put(state.units, delta.units, 'name');
  if (delta.people) state.people = delta.people;
  if (delta.alarms) state.alarms = delta.alarms;
  if (delta.feeds) state.feeds = delta.feeds;
  if (delta.gone) state.tracks = state.tracks.filter(({ id }) => !delta.gone.includes(id));
  state.entries.push(...(delta.entries ?? []));
  state.allEntries.push(...(delta.entries ?? []));
}

async function file(path, response) {
  const name = normalize(path === '/' ? '/index.html' : path);
  try {
    const bytes = await readFile(join(DIST, name));
    response.writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (name, otherwise) => {
    const i = process.argv.indexOf(`--${name}`);
    return i < 0 ? otherwise : Number(process.argv[i + 1]);
  };
  const mock = await startMock({ port: option('port', 8080), ships: option('ships', 150), cloud: option('cloud', 20000) });
  if (process.argv.includes('--moving')) setInterval(() => mock.state.playing && mock.sail(mock.state.speed / 5), 200);
  console.log(mock.url);
}
