/** The server's words (docs/api.md) as types, and the requests the console makes. SI, degrees true, UTC. */

export type LonLat = [number, number];
/** A range of persons, [low, high]. */
export type HeadCount = [number, number];

export interface Ellipse {
  major_m: number;
  minor_m: number;
  direction_deg: number;
}

export interface Track {
  id: string;
  state: 'confirmed' | 'coasting' | 'tentative';
  mmsi?: number | null;
  name?: string | null;
  callsign?: string | null;
  ship_type?: number | null;
  length_m?: number | null;
  at: LonLat;
  speed_mps?: number | null;
  course_deg?: number | null;
  heading_deg?: number | null;
  updated: string;
  source?: string | null;
  ellipse?: Ellipse | null;
}

export interface Evidence {
  time: string;
  source: string;
  raw: string;
}

export interface TrackDetail extends Track {
  evidence: Evidence[];
}

export type Phase = 'uncertainty' | 'alert' | 'distress';
export type PersonState = 'at_sea' | 'rescued' | 'landed' | 'handed_over' | 'dead' | 'missing';

export type Relation = 'linked' | 'possibly_same' | 'confirmed_same';

export interface Incident {
  id: string;
  boat: string;
  craft: string;
  phase: Phase;
  why: string;
  centre: string;
  open: boolean;
  close_reason?: string | null;
  opened: string;
  changed: string;
  at?: LonLat | null;
  at_time?: string | null;
  error_m?: number | null;
  persons?: HeadCount | null;
  states?: Partial<Record<PersonState, HeadCount>> | null;
  forecast?: string | null;
  /** The centre that was asked to take over and has not accepted yet. */
  offered_to?: string;
  /** Confirmed to be the same boat as this incident, where the account is kept. */
  same_as?: string;
  related?: { incident: string; relation: Relation }[];
  /** Number of the last entry that changed one of its verdicts. */
  verdict?: number;
}

export interface IncidentDetail extends Incident {
  /** `source` is the id of the report behind the note. */
  notes?: { time: string; source: string; what: string }[];
  persons_claims?: { time: string; source: string; from?: string; persons: HeadCount; counted?: boolean }[];
  postings?: { time: string; from: string; to: string; persons: HeadCount; source: string; reason?: string }[];
  units?: { name: string; distance_m: number; minutes: number | null }[];
  /** What the doctrines say of each response now; empty once the incident is closed. */
  verdicts?: Verdict[];
}

export interface Verdict {
  response: string;
  title: string;
  kind: 'rescue' | 'watch' | 'enforcement';
  ruling: string;
  summary: string;
  /** Number of the entry that last said so. */
  entry?: number;
  overrides: { entry: number; from: string; role: string; reason: string; until: string }[];
  verdicts: DoctrineVerdict[];
}

/** One doctrine's verdict on a response with its reasons; docs/entries.md has the rest of it. */
export interface DoctrineVerdict {
  summary: string;
  doctrine: { name: string; title: string };
  rules: { id: string; says: string; truth: 'yes' | 'no' | 'unknown'; citation: string; said?: { source: string; at: string; entry?: number }[] }[];
  consents: { role: string; given: boolean | null; by?: string; at?: string }[];
}

export interface Unit {
  name: string;
  kind: string;
  state: string;
  centre: string;
  base: string;
  speed_mps: number;
  capacity: number;
  at?: LonLat | null;
  course_deg?: number | null;
  over_ground_mps?: number | null;
  updated?: string | null;
  aboard?: HeadCount | null;
}

export interface Claim {
  time: string;
  from: string;
  subject: string;
  about: string;
  persons?: HeadCount | null;
  boats?: number | null;
  status: string;
}

export interface People {
  set_out: HeadCount;
  prevented: HeadCount;
  at_sea: HeadCount;
  rescued: HeadCount;
  landed: HeadCount;
  handed_over: HeadCount;
  dead: HeadCount;
  missing: HeadCount;
  boats_landed: number;
  balanced: boolean;
  claims: Claim[];
}

/** How a feed of a live desk stands. */
export interface Feed {
  feed: string;
  address: string;
  up: boolean;
  state: string;
  last_heard?: string;
  silent_since?: string;
  lines_per_s: number;
  taken: number;
  refused: number;
  reasons?: Record<string, number>;
  dropped: number;
  clock_offset_s?: number;
  trouble?: string;
}

export interface Entry {
  number: number;
  time: string;
  kind: string;
  body: Record<string, unknown>;
}

export interface Snapshot {
  time: string;
  points: [number, number, number][];
  contour50: LonLat[][];
  contour90: LonLat[][];
}

export interface Forecast {
  id: string;
  incident: string;
  leeway: string;
  description: string;
  from: string;
  seed: number | string;
  particles: number;
  sources: string[];
  snapshots: Snapshot[];
}

export interface State {
  mode: 'replay' | 'live';
  title: string;
  exercise: boolean;
  notice: string;
  now: string;
  start?: string | null;
  end?: string | null;
  playing?: boolean;
  speed?: number;
  last_entry: number;
  /** What is not as it should be at the server; "" where all is well. */
  trouble?: string;
  tracks: Track[];
  incidents: Incident[];
  units: Unit[];
  people?: People | null;
  feeds?: Feed[];
  entries: Entry[];
}

export interface Delta {
  type: 'delta';
  now: string;
  last_entry: number;
  trouble?: string;
  tracks?: Track[];
  gone?: string[];
  incidents?: Incident[];
  units?: Unit[];
  people?: People | null;
  feeds?: Feed[];
  entries?: Entry[];
}

export type Frame =
  | { type: 'hello'; state: State }
  | { type: 'reset'; state: State }
  | Delta
  | { type: 'play'; playing: boolean; speed: number; now: string };

export interface Vector {
  speed_mps: number;
  towards_deg: number;
}

export interface SeaHere {
  current?: Vector | null;
  wind?: Vector | null;
  wave_height_m?: number | null;
  water_temperature_c?: number | null;
  depth_m?: number | null;
  level_m?: number | null;
  land?: boolean | null;
  state?: string | null;
  centre?: string | null;
}

/** What the server refused, in its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Of a report: the desk has it, though it is not recorded yet. */
    readonly taken = false,
  ) {
    super(message);
  }
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  let reply: Response;
  try {
    reply = await fetch(path, init);
  } catch {
    throw new Refused(0, 'The server does not answer.');
  }
  const body = (await reply.json().catch(() => ({}))) as { error?: string; taken?: boolean };
  if (!reply.ok) throw new Refused(reply.status, body.error ?? `The server answered ${reply.status}.`, body.taken);
  return body as T;
}

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

export const api = {
  map: () => ask<GeoJSON.FeatureCollection>('/api/map'),
  health: (signal: AbortSignal) => ask<{ now: string }>('/api/health', { signal }),
  track: (id: string) => ask<TrackDetail>(`/api/tracks/${encodeURIComponent(id)}`),
  incident: (id: string) => ask<IncidentDetail>(`/api/incidents/${encodeURIComponent(id)}`),
  forecast: (id: string) => ask<Forecast>(`/api/incidents/${encodeURIComponent(id)}/forecast`),
  entriesBefore: (number: number, limit: number) =>
    ask<{ entries: Entry[] }>(`/api/entries?before=${number}&limit=${limit}`),
  sea: ([lon, lat]: LonLat) => ask<SeaHere>(`/api/sea?lon=${lon.toFixed(6)}&lat=${lat.toFixed(6)}`),
  report: (report: Record<string, unknown>) =>
    ask<{ accepted: string; entries: number[] }>('/api/reports', post(report)),
  play: (wish: { playing?: boolean; speed?: number; to?: string }) => ask<unknown>('/api/play', post(wish)),
};
