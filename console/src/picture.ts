/**
 * The picture as the server last told it: frames go in, views are asked for. Decides nothing. What changed since the
 * last look is counted in `tracksVersion` and its kin, so that a view redraws only for news of its own.
 */
import type { DeskAlarm, Entry, Feed, Frame, Incident, Mark, People, State, Track, Unit } from './api';
import type { Partner } from './partner';
import { isRoutine } from './record';

/** So many entries of deeds are kept at hand, and as many of where craft are: these crowd out no others. Older ones are asked for. */
export const ENTRIES_KEPT = 1000;

export class Picture {
  readonly tracks = new Map<string, Track>();
  /** By MMSI. */
  readonly marks = new Map<string, Mark>();
  readonly incidents = new Map<string, Incident>();
  readonly units = new Map<string, Unit>();
  entries: Entry[] = [];
  people: People | null = null;
  /** Null of a desk that keeps none. */
  alarms: DeskAlarm[] | null = null;
  feeds: Feed[] = [];
  /** What other centres' desks told: shown beside the picture, never in it. */
  partners: Partner[] = [];

  mode: 'replay' | 'live' = 'live';
  title = '';
  exercise = false;
  notice = '';
  trouble = '';
  now = '';
  start: string | null = null;
  end: string | null = null;
  playing = false;
  speed = 1;
  /** Since when a replay is a sandbox: something was reported in it. Null while it is the day as it was. */
  sandbox: string | null = null;
  lastEntry = 0;
  /** False until the first whole state came. */
  known = false;

  /** Counts every frame taken. */
  frames = 0;
  tracksVersion = 0;
  marksVersion = 0;
  incidentsVersion = 0;
  unitsVersion = 0;
  /** Counts whole pictures: after a jump in time nothing remembered from before holds. */
  resets = 0;

  /** A time whose date needs no saying: the day that is replayed, or this one. */
  get today(): string {
    return this.start ?? this.now;
  }

  apply(frame: Frame): void {
    this.frames++;
    if (frame.type === 'hello' || frame.type === 'reset') return this.replace(frame.state);
    if (frame.type === 'play') {
      this.playing = frame.playing;
      this.speed = frame.speed;
      this.now = frame.now;
      this.sandbox = frame.sandbox ?? null;
      return;
    }
    this.now = frame.now;
    this.lastEntry = frame.last_entry;
    this.trouble = frame.trouble ?? '';
    for (const track of frame.tracks ?? []) this.tracks.set(track.id, track);
    for (const id of frame.gone ?? []) this.tracks.delete(id);
    for (const mark of frame.marks ?? []) this.marks.set(String(mark.mmsi), mark);
    for (const mmsi of frame.marks_gone ?? []) this.marks.delete(String(mmsi));
    for (const incident of frame.incidents ?? []) this.incidents.set(incident.id, incident);
    for (const unit of frame.units ?? []) this.units.set(unit.name, unit);
    if (frame.people) this.people = frame.people;
    if (frame.alarms) this.alarms = frame.alarms;
    if (frame.feeds) this.feeds = frame.feeds;
    if (frame.partners) this.partners = frame.partners;
    if (frame.entries?.length) this.append(frame.entries);
    if (frame.tracks?.length || frame.gone?.length) this.tracksVersion++;
    if (frame.marks?.length || frame.marks_gone?.length) this.marksVersion++;
    if (frame.incidents?.length) this.incidentsVersion++;
    if (frame.units?.length) this.unitsVersion++;
  }

  private replace(state: State): void {
    refill(this.tracks, state.tracks, (track) => track.id);
    refill(this.marks, state.marks ?? [], (mark) => String(mark.mmsi));
    refill(this.incidents, state.incidents, (incident) => incident.id);
    refill(this.units, state.units, (unit) => unit.name);
    this.entries = state.entries.slice(-ENTRIES_KEPT);
    this.people = state.people ?? null;
    this.alarms = state.alarms ?? null;
    this.feeds = state.feeds ?? [];
    this.partners = state.partners ?? [];
    this.mode = state.mode;
    this.title = state.title;
    this.exercise = state.exercise;
    this.notice = state.notice;
    this.trouble = state.trouble ?? '';
    this.now = state.now;
    this.start = state.start ?? null;
    this.end = state.end ?? null;
    this.playing = state.playing ?? false;
    this.speed = state.speed ?? 1;
    this.sandbox = state.sandbox ?? null;
    this.lastEntry = state.last_entry;
    this.known = true;
    this.tracksVersion++;
    this.marksVersion++;
    this.incidentsVersion++;
    this.unitsVersion++;
    this.resets++;
  }

  /** New array, so that a view sees by identity that something came. A number already held is not taken twice. */
  private append(news: Entry[]): void {
    const last = this.entries.at(-1)?.number ?? -1;
    const fresh = news.filter((entry) => entry.number > last);
    if (fresh.length > 0) this.entries = newest([...this.entries, ...fresh]);
  }
}

function newest(entries: Entry[]): Entry[] {
  if (entries.length <= ENTRIES_KEPT) return entries;
  let routine = entries.filter(isRoutine).length;
  let deeds = entries.length - routine;
  return entries.filter((entry) => (isRoutine(entry) ? routine-- : deeds--) <= ENTRIES_KEPT);
}

function refill<T>(map: Map<string, T>, values: T[], key: (value: T) => string): void {
  map.clear();
  for (const value of values) map.set(key(value), value);
}
