/**
 * What an officer must not miss, as the desk keeps it or the picture has it, and what was done about each: acknowledged (done with, at every
 * console of the desk; what only this browser knows, at its own) or silenced (still there, without its sound). None comes back by itself.
 */
import type { DeskAlarm, Entry, Incident } from './api';
import { allAboard, assignedTo, dangersOf, dangerWords, nobodyGoes } from './danger';
import { incidentName, moment } from './format';
import type { Entered } from './guard';
import { noted, t, tr } from './i18n';
import type { Picture } from './picture';
import type { Selection } from './selection';

export interface Alarm {
  /** The same for as long as it is about the same thing. */
  key: string;
  title: string;
  time: string;
  /** Number of the desk's alarm, which the desk is told of; others, and those of a replay, are acknowledged in this browser. */
  number?: number;
  /** The desk's own words for it. */
  text?: string;
  /** Where to look. */
  selection?: NonNullable<Selection>;
  entry?: Entry;
}

const KEY = 'varne.acknowledged';
/** So many are remembered; older ones have left the picture long since. */
const REMEMBERED = 500;

/** What is to be said of an entry; "" where it needs nobody's look. */
export function titleOf({ kind, body }: Entry): string {
  if (kind === 'line_refused' && body.distress) return t`A refused line speaks of distress`;
  if (kind === 'safety_text') return t`Safety text`;
  if (kind === 'beacon' && body.state === 'claim') return t`Claims to be an active SART`;
  return '';
}

const words: Record<string, string> = {
  nobody_goes: noted`Distress, nobody going`,
  worse: noted`Worse off than before`,
  safety_text: noted`Safety text`,
  active_sart_claim: noted`Claims to be an active SART`,
  refused_distress: noted`A refused line speaks of distress`,
  hand_over_unanswered: noted`Hand-over without an answer`,
  offered_to_us: noted`This centre is asked to take over`,
  partner_refused: noted`The other centre's desk says what cannot be so`,
  unit_asked_for: noted`The other centre asks for a unit`,
};

const signsOf = (incident: Incident): string => dangersOf(incident).map((sign) => `, ${tr(dangerWords[sign]!)}`).join('');

/** As the desk keeps it: each new reason is an alarm of its own, so one that was acknowledged never comes back. */
function ofDesk(picture: Picture, { alarm, what, subject, text, since, about }: DeskAlarm): Alarm {
  const incident = picture.incidents.get(subject);
  const named = incident ? incidentName(incident) + signsOf(incident) : subject;
  const entry = picture.entries.find(({ number }) => number === about);
  // What a replay raised is there to be tried: it records nothing, so its alarms are acknowledged here, and their numbers are another day's as well.
  const key = picture.mode === 'replay' ? `desk ${picture.title} ${alarm} ${since}` : `desk ${alarm}`;
  return {
    key, ...(picture.mode === 'replay' ? {} : { number: alarm }), time: since, text, title: named ? `${tr(words[what] ?? what)}: ${named}` : tr(words[what] ?? what),
    ...(incident ? { selection: { kind: 'incident', id: incident.id } } : {}), ...(entry ? { entry } : {}),
  };
}

/** For a desk that keeps none: what the picture itself says. */
function ofPicture(picture: Picture): Alarm[] {
  const found: Alarm[] = [];
  for (const incident of picture.incidents.values()) {
    if (!incident.open || incident.phase !== 'distress' || allAboard(incident) || assignedTo(incident).length > 0) continue;
    const title = nobodyGoes(incident) ? t`Distress, nobody going: ${incidentName(incident)}` : t`Distress: ${incidentName(incident)}`;
    found.push({ key: `${picture.title} ${incident.id} ${incident.opened}`, title: title + signsOf(incident), time: incident.opened, selection: { kind: 'incident', id: incident.id } });
  }
  for (const entry of picture.entries) {
    const title = titleOf(entry);
    if (title) found.push({ key: `${picture.title} entry ${entry.number} ${entry.time}`, title, time: entry.time, entry });
  }
  return found;
}

/** Those that nobody has acknowledged at the desk, the newest first. @param entered  who entered a guard area of this browser */
export function alarmsOf(picture: Picture, entered: readonly Entered[] = []): Alarm[] {
  const found = picture.alarms ? picture.alarms.filter(({ seen_by }) => !seen_by).map((each) => ofDesk(picture, each)) : ofPicture(picture);
  for (const { area, track, name, time } of entered)
    found.push({ key: `${picture.title} guard ${area.id} ${track} ${time}`, title: t`${name} has entered ${area.name}`, time, selection: { kind: 'track', id: track } });
  return found.sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
}

/** What somebody has dealt with: who, and when, where that is known. */
export interface Seen {
  title: string;
  /** "" of this console. */
  by: string;
  when: string | null;
  selection?: NonNullable<Selection>;
}

const seenAt = (picture: Picture, alarm: DeskAlarm): Seen => ({ ...ofDesk(picture, alarm), by: alarm.seen_by, when: alarm.seen });
const later = (a: Seen, b: Seen): number => (b.when ? Date.parse(b.when) : 0) - (a.when ? Date.parse(a.when) : 0);

/** Acknowledged at the desk while their reason stands, the newest first. */
export const standingSeen = (picture: Picture): Seen[] => (picture.alarms ?? []).filter(({ seen_by }) => seen_by).map((each) => seenAt(picture, each)).sort(later);

/** Acknowledged by anybody: those that still stand, and those of the record at hand that went with it. @param here  at this console */
export function seenOf(picture: Picture, here: readonly Alarm[]): Seen[] {
  const standing = new Set((picture.alarms ?? []).map(({ alarm }) => alarm));
  const gone = picture.entries.flatMap(({ kind, time, body }): Seen[] => (kind === 'alarm_seen' && !standing.has(body.alarm) ? [{ title: body.text.replace(/^.*? acknowledges: /, ''), by: body.from, when: time }] : []));
  return [...here.map(({ title, selection }): Seen => ({ title, by: '', when: null, ...(selection ? { selection } : {}) })), ...[...standingSeen(picture), ...gone].sort(later)];
}

/** "anna, 08:01:10 UTC"; of this console nobody else knows. */
export const seenWords = ({ by, when }: Seen, today: string): string => (by ? t`acknowledged by ${by}, ${moment(when, today)} UTC` : t`acknowledged at this console`);

/** What the desk's alarms about an incident say, and who has acknowledged them. */
export const alarmsAbout = (picture: Picture, incident: string): string[] =>
  (picture.alarms ?? []).filter(({ subject }) => subject === incident).map((each) => {
    const since = t`${tr(words[each.what] ?? each.what)}, since ${moment(each.since, picture.today)} UTC`;
    return each.seen_by ? `${since}; ${seenWords(seenAt(picture, each), picture.today)}` : since;
  });

export class Acknowledged {
  private keys = new Set<string>(remembered());
  /** Without sound until something new comes. */
  private silenced = new Set<string>();

  /** @param changed  another console of this browser has acknowledged something */
  constructor(changed: () => void) {
    window.addEventListener('storage', ({ key }) => {
      if (key !== KEY) return;
      this.keys = new Set(remembered());
      changed();
    });
  }

  open(alarms: Alarm[]): Alarm[] {
    return alarms.filter(({ key }) => !this.keys.has(key));
  }
  taken(alarms: Alarm[]): Alarm[] {
    return alarms.filter(({ key }) => this.keys.has(key));
  }
  loud(alarms: Alarm[]): boolean {
    return this.open(alarms).some(({ key }) => !this.silenced.has(key));
  }
  silence(alarms: Alarm[]): void {
    for (const { key } of alarms) this.silenced.add(key);
  }
  take({ key }: Alarm): void {
    this.keys.add(key);
    try {
      localStorage.setItem(KEY, JSON.stringify([...this.keys].slice(-REMEMBERED)));
    } catch {
      // private browsing: acknowledged as long as the page is open
    }
  }
}

function remembered(): string[] {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown;
    return Array.isArray(kept) ? kept.filter((each): each is string => typeof each === 'string') : [];
  } catch {
    return [];
  }
}
