/** What the officer typed, as the report the server takes (docs/feeds.md). It judges nothing: the server does. */
import type { Draft, SeaHere } from '../api';
import type { Heads } from '../said';
import { heads, position } from '../format';
import { parseHeads, parsePosition, parseTime } from './as-said';
import { t } from '../i18n';

const NAUTICAL_MILE_M = 1852;

/** Never the same twice: a report sent again under its id is no second one. @param now  ISO time of the picture */
export const reportId = (from: 'desk' | 'captain', now: string): string =>
  `${from}-${now.replace(/\D/g, '').slice(0, 14)}-${crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)}`;

/** A report on its way, of whichever kind. */
export type Sent = Draft;

export interface Wrong {
  field: string;
  what: string;
}

const yesOrNo = ['distress', 'people_in_water', 'taking_water', 'engine_stopped', 'empty'] as const;
const words = ['from', 'boat', 'craft', 'text'] as const;
const counts = ['persons', 'children', 'injured'] as const;

export interface Read {
  report: Draft;
  /** Everything that cannot be read, in the order of the form; the report is sent only where this is empty. */
  wrong: Wrong[];
}

/**
 * @param typed fields by name, as typed; `at`, `error_nm` and `heard` as a person says them
 * @param now   the picture's time: of the report, where no other is said
 */
export function reportOf(typed: Record<string, string>, id: string, now: string): Read {
  const report: Draft = { id, time: now, kind: typed.kind ?? '' };
  const wrong: Wrong[] = [];
  const said = (field: string) => typed[field]?.trim() ?? '';
  const read = <T>(field: string, value: T | null, what: string, keep: (value: T) => void) =>
    value === null ? wrong.push({ field, what }) : keep(value);
  if (said('heard'))
    read('heard', parseTime(said('heard'), now), t`Give a time that has passed, in UTC, such as 07:25 or 5 min ago.`, (time) => (report.time = time));
  for (const field of words) if (said(field)) report[field] = said(field);
  if (said('at'))
    read('at', parsePosition(said('at')), t`Give latitude and longitude, such as 51 02.35 N 001 21.10 E.`, ([lon, lat]) => (report.at = [Number(lon.toFixed(6)), Number(lat.toFixed(6))]));
  if (said('error_nm')) {
    const miles = Number(said('error_nm').replace(',', '.'));
    read('error_nm', Number.isFinite(miles) && miles >= 0 ? miles : null, t`Give nautical miles, such as 0.5.`, (error) => (report.error_m = Math.round(error * NAUTICAL_MILE_M)));
  }
  for (const field of counts)
    if (said(field)) read(field, parseHeads(said(field)), t`Give a number of persons, a range such as 30-35, or about 40.`, (count) => (report[field] = count));
  for (const field of yesOrNo) if (typed[field]) report[field] = typed[field] === 'yes';
  return { report, wrong };
}

/** More people than any small boat of this crossing was seen with; a slip of a digit is likelier. */
const MANY = 150;
const LONG_AGO_MS = 6 * 3600_000;

/**
 * What a report says that is more likely a slip than true: asked about before it is sent, never refused.
 * @param here    what the server says of the sea at the place; null where none was given or it does not answer
 * @param swapped the same with latitude and longitude exchanged
 */
export function doubtsOf(report: Draft, now: string, here: SeaHere | null, swapped: SeaHere | null): Wrong[] {
  const doubts: Wrong[] = [];
  const { at } = report;
  if (at && here) {
    const said = position(at);
    const other = swapped?.centre && !swapped.land ? t` With the two exchanged it would be ${position([at[1], at[0]])}, at sea.` : '';
    if (here.land) doubts.push({ field: 'at', what: t`${said} is on land.${other}` });
    else if (!here.centre) doubts.push({ field: 'at', what: t`${said} lies outside the waters that this desk knows.${other}` });
  }
  if (now && Date.parse(now) - Date.parse(report.time) > LONG_AGO_MS) doubts.push({ field: 'heard', what: t`That is more than six hours ago.` });
  const most = (count?: Heads) => [count ?? []].flat().at(-1);
  const least = (count?: Heads) => [count ?? []].flat()[0];
  const persons = most(report.persons);
  if (persons !== undefined && persons > MANY) doubts.push({ field: 'persons', what: t`${heads([persons, persons])} persons are very many for one boat.` });
  for (const [field, who] of [['children', t`children`], ['injured', t`injured`]] as const) {
    const some = least(report[field]);
    if (persons !== undefined && some !== undefined && some > persons) doubts.push({ field, what: t`More ${who} than persons aboard.` });
  }
  return doubts;
}

/** The form's field that the server's refusal names, or "" where it names none of them. */
export function fieldNamed(message: string, fields: string[]): string {
  const asTyped: Record<string, string> = { error_m: 'error_nm', lon: 'at', lat: 'at', place: 'at' };
  for (const word of message.split(/[^a-z_]+/)) {
    const field = asTyped[word] ?? word;
    if (fields.includes(field)) return field;
  }
  return '';
}
