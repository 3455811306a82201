/**
 * The server's words (docs/api.md) as types, and the requests the console makes. SI, degrees true, UTC. Entries and reports
 * are in said.ts, from the program's own lists of their fields.
 */
import type { Feed } from './feed';
import type { Partner } from './partner';
import type { Entry, Reports } from './said';
import type { SearchAsked, SearchPlan } from './search';
import type { Starting } from './starting';
import { t } from './i18n';

export type { Entry } from './said';
export type { Feed } from './feed';

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

/** What says by AIS that it is a mark or a shore station. */
export interface Mark {
  mmsi: number;
  kind: 'aid_to_navigation' | 'base_station';
  name: string;
  at?: LonLat | null;
  /** There is nothing in the water. */
  virtual: boolean;
  off_position: boolean;
  updated: string;
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
  /** This desk accepted; who has it goes on until its desk's release comes. */
  accepted?: boolean;
  /** This desk released it, and does not know yet that the other knows: its people go on. */
  stands_by?: boolean;
  /** The centre whose desk opened it; "" this one. */
  opened_by?: string;
  /** Confirmed to be the same boat as this incident, where the account is kept. */
  same_as?: string;
  related?: { incident: string; relation: Relation }[];
  /** Number of the last entry that changed one of its verdicts. */
  verdict?: number;
  /** Everybody is aboard a unit: the rescue it was owed it has had. */
  all_aboard?: boolean;
  /** Signs of danger that were said and not taken back: "people_in_water", "taking_water", … */
  dangers?: string[];
  /** When there was last word from the boat or from somebody who sees it. */
  heard?: string | null;
  /** Who was ordered to it and is not released; `eta` where its speed and the boat's place are known. */
  assigned?: { unit: string; task: string; eta?: string | null }[];
  /** Who the desk proposes should go. */
  proposed?: Proposed[];
  /** Why nobody can be proposed for a boat that waits; "" where somebody can, or nobody need. */
  nobody?: string;
}

/** A unit that the desk proposes for a boat; people order it, or say why not. */
export interface Proposed {
  unit: string;
  /** 1: goes there now; 2 and on: after the boats before. */
  stop: number;
  eta?: string | null;
  /** Why, and what the nearest idle unit would do. */
  text: string;
}

export interface Reacher {
  name: string;
  kind: string;
  /** Of a ship; "" of a unit. */
  track?: string;
  distance_m: number;
  minutes: number | null;
  launch_delay_minutes?: number | null;
  free?: number | null;
  declined?: boolean;
  /** What it is ordered to already; of a ship none. */
  task?: { incident: string; task: string; state: string } | null;
  /** Sentences: what speaks against it, the gravest first. */
  notes?: string[];
}

export interface IncidentDetail extends Incident {
  /** `source` is the id of the report behind the note. */
  notes?: { time: string; source: string; what: string }[];
  persons_claims?: { time: string; source: string; from?: string; persons: HeadCount; counted?: boolean }[];
  postings?: { time: string; from: string; to: string; persons: HeadCount; source: string; reason?: string }[];
  units?: { name: string; distance_m: number; minutes: number | null }[];
  /** Units and ships that could go, soonest first, to where the boat is forecast to be. */
  reach?: Reacher[];
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
  speed_mps: number | null;
  capacity: number | null;
  /** While searching; null where the list knows none. */
  search_speed_mps?: number | null;
  at?: LonLat | null;
  course_deg?: number | null;
  over_ground_mps?: number | null;
  updated?: string | null;
  aboard?: HeadCount | null;
  /** Places certainly left. */
  free?: number | null;
  /** What it was last ordered to do and is not released from. */
  task?: { task: string; incident: string; boat?: string; eta?: string | null } | null;
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

/** What nobody at the desk may miss, as the desk keeps it for all its consoles. */
export interface DeskAlarm {
  /** Number of the entry that raised it. */
  alarm: number;
  what: string;
  /** The incident, MMSI or feed it is about. */
  subject: string;
  text: string;
  since: string;
  /** Number of the entry to look at; 0 where there is none. */
  about: number;
  /** "" until somebody acknowledged it. */
  seen_by: string;
  seen: string | null;
}

/** A report of the kinds that are typed in here; the server says what is missing. */
export type Draft = { kind: string; id: string; time: string } & Partial<Reports['call'] & Reports['sighting']> & Partial<Reports['acknowledge']>;

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
  /** Of a replay: since when something was reported in it that was not. */
  sandbox?: string | null;
  last_entry: number;
  /** What is not as it should be at the server; "" where all is well. */
  trouble?: string;
  tracks: Track[];
  marks?: Mark[];
  incidents: Incident[];
  units: Unit[];
  people?: People | null;
  /** Absent of a desk that keeps none. */
  alarms?: DeskAlarm[];
  partners?: Partner[];
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
  marks?: Mark[];
  marks_gone?: number[];
  incidents?: Incident[];
  units?: Unit[];
  people?: People | null;
  alarms?: DeskAlarm[];
  partners?: Partner[];
  feeds?: Feed[];
  entries?: Entry[];
}

export type Frame =
  | { type: 'hello'; state: State }
  | { type: 'reset'; state: State }
  | Delta
  | { type: 'play'; playing: boolean; speed: number; now: string; sandbox?: string | null };

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

/** Who is signed in. */
export interface Me {
  account: string;
  role: string;
  /** Of a captain the unit, of others the centre they speak for. */
  unit?: string;
  /** Acts of the table in docs/access.md: "report", "order", "consent", … */
  may?: string[];
  /** Nobody signs in here: a desk to try things at. */
  demonstration?: boolean;
}

/** What the server refused, in its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Of a report: the desk has it, though it is not recorded yet. */
    readonly taken = false,
    /** The desk is not there yet. */
    readonly starting: Starting | null = null,
  ) {
    super(message);
  }
}

export async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  let reply: Response;
  try {
    reply = await fetch(path, init);
  } catch {
    throw new Refused(0, t`The server does not answer.`);
  }
  const body = (await reply.json().catch(() => ({}))) as { error?: string; taken?: boolean; starting?: Starting };
  if (!reply.ok) throw new Refused(reply.status, body.error ?? t`The server answered ${reply.status}.`, body.taken, body.starting);
  return body as T;
}

export const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

export const api = {
  me: () => ask<Me>('/api/me'),
  login: (who: { account: string; password: string; code?: string }) => ask<unknown>('/api/login', post(who)),
  logout: () => ask<unknown>('/api/logout', post({})),
  map: () => ask<GeoJSON.FeatureCollection>('/api/map'),
  health: (signal: AbortSignal) => ask<{ now: string }>('/api/health', { signal }),
  track: (id: string) => ask<TrackDetail>(`/api/tracks/${encodeURIComponent(id)}`),
  incident: (id: string) => ask<IncidentDetail>(`/api/incidents/${encodeURIComponent(id)}`),
  forecast: (id: string) => ask<Forecast>(`/api/incidents/${encodeURIComponent(id)}/forecast`),
  lastSearch: (id: string) => ask<SearchPlan | null>(`/api/incidents/${encodeURIComponent(id)}/search`),
  search: (id: string, asked: SearchAsked) => ask<SearchPlan>(`/api/incidents/${encodeURIComponent(id)}/search`, post(asked)),
  /** Of these kinds, with each of these words, where any are given, out of the whole record: `all`, there are none before. */
  entriesBefore: (before: number, limit: number, kinds: readonly string[] = [], words: readonly string[] = []) => {
    const query = new URLSearchParams({ before: String(before), limit: String(limit) });
    if (kinds.length > 0) query.set('kinds', kinds.join(','));
    if (words.length > 0) query.set('words', words.join(' '));
    return ask<{ entries: Entry[]; all?: boolean }>(`/api/entries?${query}`);
  },
  sea: ([lon, lat]: LonLat) => ask<SeaHere>(`/api/sea?lon=${lon.toFixed(6)}&lat=${lat.toFixed(6)}`),
  report: (report: Draft) =>
    ask<{ accepted: string; entries: number[] }>('/api/reports', post(report)),
  play: (wish: { playing?: boolean; speed?: number; to?: string }) => ask<unknown>('/api/play', post(wish)),
};
