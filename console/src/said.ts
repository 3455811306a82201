/** Entries and reports, by kind. Made of the program's own lists of fields, whose test keeps it so: docs/entries.md
 * and docs/feeds.md say what each field means. An older or newer record may have other kinds. */
import type { HeadCount, LonLat } from './api';

/** How many people, as a reporter may give it. */
export type Heads = number | HeadCount;

export interface EntryBodies {
  day: { text: string; title: string; exercise: boolean; notice: string; seed: string; sea: string[]; sea_notes?: string[]; version: string; inputs?: string };
  doctrine: { text: string; doctrine: string; title: string; authority: string; territory: string; from?: string; until?: string; hash: string; vocabulary?: string; rules: { id: string; says: string; citation: string; from?: string; until?: string }[]; responses: { id: string; title: string; kind: string; stance: string; citation: string }[] };
  program: { text: string; version: string };
  track: { text: string; track: string; change: string; at: LonLat; speed_mps: number; course_deg: number; mmsi?: number; name?: string; ellipse_m?: number };
  unit: { text: string; unit: string; at: LonLat; speed_mps: number; course_deg: number };
  report: { text: string; source: string; report: unknown; incident?: string; by?: { account: string; role: string; unit?: string } };
  refused: { text: string; source: string; why: string };
  incident: { text: string; incident: string; change: string; boat?: string; craft?: string; phase: string; why: string; centre: string; offered_to?: string; same_as?: string; open: boolean; opened: string; close_reason?: string; ended?: { officer: string; reason: string; forecast: string; coverage: number; coverage_source: string }; at?: LonLat; at_time?: string; error_m?: number; estimated?: HeadCount; nearest?: { unit: string; distance_m: number; minutes?: number }[]; by?: { account: string; role: string; unit?: string } };
  people: { text: string; boat: string; incident?: string; from: string; from_of?: string; to: string; to_of?: string; persons: HeadCount; source: string; revises?: number; reason?: string };
  relation: { text: string; incident: string; other: string; relation: string; source: string; from?: string; officer?: string; reason?: string; evidence?: string[] };
  forecast_requested: { text: string; request: string; incident: string; leeway: string; at: LonLat; sigma_m: number; from: string; to: string; length_s: number; step_s: number; keep_every_s: number; particles: number; seed: string; jibe_per_hour: number; current_noise_mps: number; current_noise_lasts_s?: number; wind_noise_mps: number; wind_noise_lasts_s?: number; inputs: string };
  forecast: { text: string; request: string; incident: string; leeway: string; inputs: string; snapshots?: { time: string; at?: LonLat; half_m?: number; nine_in_ten_m?: number; ashore: number; left?: number; current_from?: Record<string, number>; wind_from?: Record<string, number> }[]; notes?: string[]; refusal?: string };
  order: { text: string; standing: string; from: string; role: string; task: string; source: string; unit?: string; to?: string; boat?: string; other?: string; officer?: string; incident?: string; by?: { account: string; role: string; unit?: string } };
  task: { text: string; unit: string; task?: string; state: string; incident?: string; order?: number; eta?: string; eta_to?: string; from?: string; source?: string };
  proposal: { text: string; state: string; incident: string; unit?: string; stop?: number; eta?: string; eta_to?: string; persons?: number; objective?: string; price?: number; nearest_price?: number; missing?: string[] };
  consent: { text: string; from: string; role: string; given: boolean; response: string; source: string; boat?: string; incident?: string; without_effect?: string; by?: { account: string; role: string; unit?: string } };
  verdict: { text: string; incident: string; boat: string; response: string; title: string; kind: string; ruling: string; permits: boolean; was?: string; before?: number; summary: string; dangers: unknown; verdicts: unknown; disagree?: unknown };
  parameter: { text: string; parameter: string; value: number; unit: string; from: string; role: string; source: string; by?: { account: string; role: string; unit?: string } };
  override: { text: string; incident: string; boat: string; response: string; from: string; role: string; reason: string; until: string; ruling: string; verdict: number; source: string; by?: { account: string; role: string; unit?: string } };
  override_ended: { text: string; incident: string; response: string; override: number; why: string };
  segment: { text: string; file: string; hash: string };
  line_refused: { text: string; feed: string; why: string; raw: string; distress?: boolean };
  feed: { text: string; feed: string; health: string; since: string; clock_offset_s?: number; lines: number; refused: number; dropped: number };
  beacon: { text: string; mmsi: number; station: string; state: string; words?: string; status?: number; at?: LonLat; source: string; incident?: string };
  safety_text: { text: string; words: string; mmsi: number; station?: string; name?: string; to?: number; at?: LonLat; source: string };
  alarm: { text: string; what: string; subject: string; about?: number; incident?: string };
  alarm_seen: { text: string; alarm: number; from: string; source?: string; incident?: string };
  claim: { text: string; from: string; subject: string; status: string; about: string; persons?: HeadCount; boats?: number; boat?: string; words?: string; at?: LonLat; error_m?: number; incident?: string; source: string };
  letter: { text: string; way: string; centre: string; letter: number; what: string; incident?: string; sent?: string; body: unknown };
  letter_refused: { text: string; centre: string; why: string; incident?: string };
}

export interface Reports {
  call: { id: string; time: string; from: string; text?: string; time_error_s?: number; boat?: string; craft?: string; at?: LonLat; error_m?: number; persons?: Heads; distress?: boolean; people_in_water?: boolean; taking_water?: boolean; engine_stopped?: boolean; children?: Heads; injured?: Heads; course_deg?: number; speed_kn?: number; may_be?: string[] };
  sighting: { id: string; time: string; from: string; text?: string; time_error_s?: number; at: LonLat; boat?: string; craft?: string; error_m?: number; persons?: Heads; people_in_water?: boolean; taking_water?: boolean; engine_stopped?: boolean; empty?: boolean; children?: Heads; injured?: Heads; dead?: Heads; course_deg?: number; speed_kn?: number; unit?: string; may_be?: string[] };
  departure_prevented: { id: string; time: string; from: string; text?: string; time_error_s?: number; persons: Heads; country: string; boat?: string; craft?: string; at?: LonLat; error_m?: number; children?: Heads; injured?: Heads; boats?: number; port?: string; unit?: string };
  landing: { id: string; time: string; from: string; text?: string; time_error_s?: number; persons: Heads; port: string; country: string; boat?: string; craft?: string; at?: LonLat; error_m?: number; children?: Heads; injured?: Heads; dead?: Heads; unit?: string };
  recovered: { id: string; time: string; from: string; text?: string; time_error_s?: number; unit: string; boat?: string; craft?: string; at?: LonLat; error_m?: number; persons?: Heads; empty?: boolean; children?: Heads; injured?: Heads; dead?: Heads };
  handed_over: { id: string; time: string; from: string; text?: string; time_error_s?: number; boat: string; persons: Heads; to: string; unit?: string; port?: string; children?: Heads; injured?: Heads };
  unit_position: { id: string; time: string; from: string; text?: string; time_error_s?: number; unit: string; at: LonLat; course_deg?: number; speed_kn?: number };
  order: { id: string; time: string; from: string; text?: string; time_error_s?: number; task: string; boat?: string; at?: LonLat; error_m?: number; persons?: Heads; unit?: string; role?: string; to?: string; other?: string; officer?: string; reason?: string; evidence?: string[]; phase?: string; forecast?: string; coverage?: number; coverage_source?: string };
  task_answer: { id: string; time: string; from: string; text?: string; time_error_s?: number; unit: string; boat: string; accepted: boolean };
  acknowledge: { id: string; time: string; from: string; text?: string; time_error_s?: number; alarm: number };
  consent: { id: string; time: string; from: string; text?: string; time_error_s?: number; boat: string; role: string; given: boolean; response: string; unit?: string };
  claim: { id: string; time: string; from: string; text?: string; time_error_s?: number; subject: string; status: string; about: string; persons?: Heads; boats?: number; boat?: string; at?: LonLat; error_m?: number };
  fact: { id: string; time: string; from: string; text?: string; time_error_s?: number; boat: string; fact: string; value: null | boolean | number | string; role?: string; unit?: string };
  parameter: { id: string; time: string; from: string; text?: string; time_error_s?: number; parameter: string; value: number; role: string };
  override: { id: string; time: string; from: string; text?: string; time_error_s?: number; boat: string; response: string; role: string; until: string };
}

/** A type with `kind` for each of these. */
export type Entry = { [K in keyof EntryBodies]: { number: number; time: string; kind: K; body: EntryBodies[K] } }[keyof EntryBodies];
export type Report = { [K in keyof Reports]: { kind: K } & Reports[K] }[keyof Reports];
