/** What a watch hands over to the next: what nobody has dealt with yet, and what has changed since a time. */
import { api } from './api';
import type { Entry } from './api';
import { seenWords, standingSeen } from './alarms';
import type { Alarm } from './alarms';
import { allAboard, nobodyGoes, worseFirst } from './danger';
import { heads, incidentName } from './format';
import { t } from './i18n';
import type { Picture } from './picture';
import { isSick, standingOf } from './panels/feeds';
import type { Selection } from './selection';

export interface Point {
  words: string;
  selection?: NonNullable<Selection>;
}
export interface Outstanding {
  what: string;
  points: Point[];
}

/** Only what there is something of, the gravest first. */
export function outstanding(picture: Picture, alarms: Alarm[]): Outstanding[] {
  const open = [...picture.incidents.values()].filter((incident) => incident.open).sort(worseFirst);
  const of = (incidents: typeof open, more = (incident: (typeof open)[0]) => incidentName(incident)) =>
    incidents.map((incident): Point => ({ words: more(incident), selection: { kind: 'incident', id: incident.id } }));
  return [
    { what: t`Distress, and nobody goes`, points: of(open.filter((each) => each.phase === 'distress' && !allAboard(each) && nobodyGoes(each))) },
    { what: t`Alarms not acknowledged`, points: alarms.map(({ title, selection }) => ({ words: title, ...(selection ? { selection } : {}) })) },
    {
      what: t`Alarms acknowledged, and their reason stands`,
      points: standingSeen(picture).map((seen) => ({ words: `${seen.title}; ${seenWords(seen, picture.today)}`, ...(seen.selection ? { selection: seen.selection } : {}) })),
    },
    { what: t`Hand-overs without an answer`, points: of(open.filter((each) => each.offered_to), (each) => t`${incidentName(each)}, offered to ${each.offered_to}`) },
    { what: t`People missing`, points: of(open.filter(({ states }) => (states?.missing?.[1] ?? 0) > 0), (each) => t`${incidentName(each)}: ${heads(each.states!.missing)} missing`) },
    {
      what: t`Counts not settled`,
      points: of(open.filter(({ persons }) => !persons || persons[0] !== persons[1]), (each) =>
        each.persons ? t`${incidentName(each)}: ${heads(each.persons)} persons` : t`${incidentName(each)}: nobody has said how many`),
    },
    { what: t`Feeds not heard`, points: picture.feeds.filter(isSick).map((feed) => ({ words: feed.trouble ?? `${feed.feed}: ${standingOf(feed)}` })) },
  ].filter(({ points }) => points.length > 0);
}

/** Kinds of entries that change what is open, who goes, who has it, and who is where. */
const KINDS = ['incident', 'people', 'relation', 'order', 'task', 'consent', 'override', 'override_ended', 'feed', 'program'];

/** A new place of a boat is in its row; what was decided or befell is a change. */
export const isChange = ({ kind, body }: Entry): boolean => KINDS.includes(kind) && !(kind === 'incident' && body.change === 'placed');

const AT_ONCE = 1000;
/** A desk that cannot look for kinds is read back so many times and no more. */
const MOST_READS = 20;

export interface Changes {
  /** Oldest first. */
  entries: Entry[];
  /** Number of the last entry that was looked at. */
  upTo: number;
  /** Where it had to stop before the time that was asked for; null where it did not. */
  stoppedAt: string | null;
}

/** @param since  ISO time; an entry of that very time is in */
export async function changesSince(since: string, upTo: number): Promise<Changes> {
  const found: Entry[] = [];
  const after = ({ time }: Entry) => Date.parse(time) >= Date.parse(since);
  let before = upTo + 1;
  let first: Entry | undefined;
  for (let read = 0; read < MOST_READS; read++) {
    const { entries, all } = await api.entriesBefore(before, AT_ONCE, KINDS);
    found.unshift(...entries.filter((entry) => after(entry) && isChange(entry)));
    first = entries[0];
    if (!first || all || !after(first)) return { entries: found, upTo, stoppedAt: null };
    before = first.number;
  }
  return { entries: found, upTo, stoppedAt: first?.time ?? null };
}
