/**
 * What an officer can do about an incident, a row a deed: which report it becomes (docs/feeds.md, docs/entries.md) and what
 * it asks for. Whether it may be done the server decides; here only what cannot be meant is left out.
 */
import type { Incident, IncidentDetail } from '../api';
import { noted, t, tr } from '../i18n';
import { allAboard } from '../danger';
import { heads, incidentName, taskName } from '../format';
import type { Picture } from '../picture';
import { parseHeads, parseTime } from './as-said';
import type { Typed } from './form';
import type { Sent, Wrong } from './report-fields';

type Sort = 'text' | 'heads' | 'number' | 'choice' | 'yes_no' | 'reports';

export interface Field {
  name: string;
  words: string;
  sort?: Sort;
  needed?: boolean;
  example?: string;
  /** For a choice: value and words. */
  options?: (scene: Scene) => readonly (readonly [string, string])[];
  begins?: (scene: Scene) => string;
}

export interface Scene {
  picture: Picture;
  incident: Incident;
  detail: IncidentDetail | null;
}

/** A deed that somebody has begun. */
export interface Act {
  deed: Deed;
  incident: Incident;
  detail: IncidentDetail | null;
}

export interface Deed {
  name: string;
  words: string;
  /** A sentence for who has not done it before. */
  hint?: string;
  /** Shows what would be taken back with the reports that are ticked. */
  takesBack?: boolean;
  /** Stands beside the incident without being looked for. */
  common?: boolean;
  when: (incident: Incident) => boolean;
  /** What is more likely a slip than meant: asked about before it is sent. */
  doubts?: (scene: Scene, report: Sent) => Wrong[];
  /** What the report is, whatever is typed. */
  is: (scene: Scene) => Record<string, unknown> & { kind: string };
  fields: Field[];
}

const centres = ({ picture, incident }: Scene) => {
  const names = new Set([...picture.units.values()].map(({ centre }) => centre).concat([...picture.incidents.values()].map(({ centre }) => centre)));
  names.delete(incident.centre);
  return [...names].filter(Boolean).sort().map((name) => [name, name] as const);
};
const NOBODY = ['', noted`nobody: they came on their own`] as const;
const unitNames = ({ picture }: Scene) => [...picture.units.keys()].sort().map((name) => [name, name] as const);
const tasks = ['rescue', 'search', 'escort', 'investigate', 'tow', 'medical_evacuation', 'stand_by', 'stand_down'];
const ordered = ({ incident }: Scene) => incident.assigned?.[0]?.unit ?? '';
/** The unit that last took people of this boat aboard, while any are still there; else who was ordered. */
const carrier = (scene: Scene): string => {
  const aboard = (scene.incident.states?.rescued?.[1] ?? 0) > 0;
  const taken = (aboard && scene.detail?.postings?.map(({ to }) => /^rescued \((.+)\)$/.exec(to)?.[1]).filter(Boolean).at(-1)) || '';
  return taken || ordered(scene);
};
const open = ({ open: is }: Incident) => is;

const from: Field = { name: 'from', words: noted`Who reports`, needed: true, begins: ({ incident }) => incident.centre };
const fromUnit: Field = { ...from, begins: (scene) => ordered(scene) || scene.incident.centre };
const unit: Field = { name: 'unit', words: noted`Unit`, sort: 'choice', needed: true, options: unitNames, begins: ordered };
const persons: Field = { name: 'persons', words: noted`Persons`, sort: 'heads', needed: true, example: noted`30, 30-35 or about 40` };
const dead: Field = { name: 'dead', words: noted`Found dead among them`, sort: 'heads' };
const officer: Field = { name: 'officer', words: noted`Officer who answers for it`, needed: true };
const reason: Field = { name: 'reason', words: noted`Reason`, needed: true };
const evidence: Field = { name: 'evidence', words: noted`Reports it stands on`, sort: 'reports', needed: true };
const heard: Field = { name: 'heard', words: noted`At, UTC, where it was not now`, example: noted`07:25 or 5 min ago` };
const other: Field = {
  name: 'other', words: noted`The other boat`, sort: 'choice', needed: true,
  options: ({ picture, incident }) => [...picture.incidents.values()].filter(({ id }) => id !== incident.id).map((each) => [each.id, incidentName(each)] as const),
};

/** An order of the centre that has the incident. */
const orders = (task: string) => ({ incident }: Scene) => ({ kind: 'order', task, from: incident.centre });
/** An answer of the centre that it was offered to. */
const answers = (task: string) => ({ incident }: Scene) => ({ kind: 'order', task, from: incident.offered_to ?? '' });

export const deeds: Deed[] = [
  {
    name: 'order', common: true, words: noted`Order a unit`, when: open, is: ({ incident }) => ({ kind: 'order', from: incident.centre }),
    fields: [unit, { name: 'task', words: noted`Task`, sort: 'choice', needed: true, options: () => tasks.map((task) => [task, taskName(task)] as const) }],
  },
  {
    name: 'task_answer', words: noted`A unit answers its task`, when: ({ open: is, assigned }) => is && (assigned ?? []).length > 0, is: () => ({ kind: 'task_answer' }),
    fields: [fromUnit, unit, { name: 'accepted', words: noted`Takes it`, sort: 'yes_no', needed: true }, { name: 'text', words: noted`Why not` }],
  },
  {
    name: 'recovered', common: true, words: noted`Taken aboard a unit`, when: open, is: () => ({ kind: 'recovered' }),
    fields: [fromUnit, unit, { ...persons, needed: false }, { name: 'empty', words: noted`Nobody left aboard`, sort: 'yes_no' }, dead, heard],
  },
  {
    name: 'landing', common: true, words: noted`Landed`, when: open, is: () => ({ kind: 'landing' }),
    // Counted twice: once aboard the unit, once as people who came on their own.
    doubts: ({ incident }, { unit: by }) =>
      by || !allAboard(incident) ? [] : [{ field: 'unit', what: t`All ${heads(incident.states?.rescued)} of this boat are aboard a unit: is it not that unit which brought them in?` }],
    fields: [
      { ...from, begins: (scene) => carrier(scene) || scene.incident.centre },
      { ...unit, words: noted`Brought in by`, needed: false, options: (scene) => [NOBODY, ...unitNames(scene)], begins: carrier }, persons,
      { name: 'port', words: noted`Port`, needed: true, example: noted`Dover` },
      { name: 'country', words: noted`Country`, sort: 'choice', needed: true, options: () => [['UK', noted`United Kingdom`], ['FR', noted`France`]] }, dead, heard,
    ],
  },
  {
    name: 'handed_over', words: noted`Into care ashore`, when: () => true, is: () => ({ kind: 'handed_over' }),
    hint: noted`Say where they were landed, or which unit they are aboard: one of the two.`,
    fields: [from, persons, { name: 'to', words: noted`Into the care of`, needed: true }, { name: 'port', words: noted`Landed at` }, { ...unit, words: noted`Or aboard`, needed: false, options: (scene) => [['', noted`none`], ...unitNames(scene)], begins: () => '' }],
  },
  {
    name: 'settle_count', words: noted`Settle how many set out`, when: open, is: orders('settle_count'),
    fields: [{ ...persons, words: noted`Persons who had set out` }],
  },
  {
    name: 'withdraw_report', words: noted`Withdraw a report`, when: () => true, is: orders('withdraw_report'), takesBack: true,
    hint: noted`For a count misheard, a place mistyped, a boat mistaken for another. Then report what is right.`,
    fields: [{ ...evidence, words: noted`Reports that were wrong` }, { ...reason, words: noted`What was wrong` }, officer],
  },
  {
    name: 'lower_phase', words: noted`Lower the phase`, when: ({ open: is, phase }) => is && phase !== 'uncertainty', is: orders('lower_phase'),
    hint: noted`Only what was seen of this very boat after the last word for more can lower it: never time.`,
    fields: [
      { name: 'phase', words: noted`To`, sort: 'choice', needed: true, options: ({ incident }) => (incident.phase === 'distress' ? [['alert', noted`alert`], ['uncertainty', noted`uncertainty`]] : [['uncertainty', noted`uncertainty`]]) },
      officer, evidence,
    ],
  },
  {
    name: 'end_search', words: noted`End the search`, when: open, is: orders('end_search'),
    hint: noted`The incident closes and its people stay where they are in the account.`,
    fields: [
      officer, reason, { name: 'forecast', words: noted`Forecast searched by`, needed: true, begins: ({ incident }) => incident.forecast ?? '' },
      { name: 'coverage', words: noted`Coverage factor`, sort: 'number', needed: true, example: '0.8' }, { name: 'coverage_source', words: noted`Worked out by, and how`, needed: true },
    ],
  },
  {
    name: 'hand_over', common: true, words: noted`Offer to the other centre`, when: ({ open: is, offered_to }) => is && !offered_to, is: orders('hand_over'),
    hint: noted`It stays with this centre until the other accepts.`,
    fields: [{ name: 'to', words: noted`To`, sort: 'choice', needed: true, options: centres }],
  },
  { name: 'withdraw_hand_over', common: true, words: noted`Withdraw the offer`, when: ({ offered_to, accepted }) => Boolean(offered_to) && !accepted, is: orders('withdraw_hand_over'), fields: [] },
  { name: 'accept_hand_over', common: true, words: noted`Accept the hand-over`, when: ({ offered_to, accepted }) => Boolean(offered_to) && !accepted, is: answers('accept_hand_over'), fields: [] },
  { name: 'refuse_hand_over', common: true, words: noted`Refuse the hand-over`, when: ({ offered_to, accepted }) => Boolean(offered_to) && !accepted, is: answers('refuse_hand_over'), fields: [] },
  {
    name: 'relate', words: noted`Relate to another boat`, when: () => true, is: ({ incident }) => ({ kind: 'order', from: incident.centre }),
    hint: noted`That two are one boat needs an officer, a reason and the reports it stands on.`,
    fields: [
      other,
      { name: 'task', words: noted`They are`, sort: 'choice', needed: true, options: () => [['possibly_same', noted`possibly the same`], ['link', noted`linked`], ['confirm_same', noted`one boat`], ['separate', noted`two boats`]] },
      { ...officer, needed: false }, { ...reason, needed: false }, { ...evidence, needed: false },
    ],
  },
];

/** A report that was wrong, taken back by its officer. */
export const withdraws = deeds.find(({ name }) => name === 'withdraw_report')!;

/** A proposed unit's no: it is not proposed for this boat again. */
export const declines: Deed = {
  name: 'decline', words: noted`A unit declines`, when: open, is: () => ({ kind: 'task_answer', accepted: false }),
  hint: noted`It will not be proposed for this boat again.`,
  fields: [fromUnit, unit, { name: 'text', words: noted`Why it cannot`, needed: true }],
};

/** The same deed with some of its fields filled in. */
export const filledIn = (deed: Deed, values: Record<string, string>): Deed => ({
  ...deed,
  fields: deed.fields.map((field) => (field.name in values ? { ...field, begins: () => values[field.name]! } : field)),
});

/** The act that has to be allowed (docs/access.md). */
export const actOf = ({ name }: Deed): string => (['recovered', 'landing', 'handed_over', 'task_answer'].includes(name) ? 'report' : 'order');

/** The report that is sent, or everything that is missing or cannot be read, in the order of the form. */
export function reportOfDeed(deed: Deed, scene: Scene, typed: Typed, id: string, now: string): { report: Sent; wrong: Wrong[] } {
  const report: Record<string, unknown> & Sent = { id, time: now, boat: scene.incident.id, ...deed.is(scene) };
  const wrong: Wrong[] = [];
  for (const { name, words, sort = 'text', needed } of deed.fields) {
    const said = typed[name]?.trim() ?? '';
    if (!said) {
      if (needed) wrong.push({ field: name, what: t`${tr(words)} is needed.` });
      continue;
    }
    const value = name === 'heard' ? parseTime(said, now) : read(sort, said);
    if (value === null) wrong.push({ field: name, what: unreadable(name, sort) });
    else report[name === 'heard' ? 'time' : name] = value;
  }
  return { report, wrong };
}

function read(sort: Sort, said: string): unknown {
  if (sort === 'heads') return parseHeads(said);
  if (sort === 'yes_no') return said === 'yes';
  if (sort === 'reports') return said.split(/[\s,;]+/);
  if (sort !== 'number') return said;
  const number = Number(said.replace(',', '.'));
  return Number.isFinite(number) ? number : null;
}

function unreadable(name: string, sort: Sort): string {
  if (name === 'heard') return t`Give a time that has passed, in UTC, such as 07:25 or 5 min ago.`;
  return sort === 'heads' ? t`Give a number of persons, a range such as 30-35, or about 40.` : t`Give a number, such as 0.8.`;
}
