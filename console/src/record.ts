/**
 * What an officer looks for in the record: a choice of kinds and some words. What is at hand is looked through here, the rest
 * by the desk, back over the whole record in one request.
 */
import type { ReactiveControllerHost } from 'lit';
import { api } from './api';
import type { Entry } from './api';
import { noted } from './i18n';
import type { EntryBodies } from './said';

type Kind = keyof EntryBodies;

/** Where craft are: the chart shows it, and a busy feed has thousands an hour. A new kind of entry must choose. */
const inShort: Record<Kind, boolean> = {
  day: true, doctrine: true, program: true, track: false, unit: false, report: true, refused: true, incident: true, people: true, relation: true,
  forecast_requested: true, forecast: true, order: true, task: true, proposal: true, consent: true, verdict: true, parameter: true, override: true,
  override_ended: true, segment: true, line_refused: true, feed: true, beacon: true, safety_text: true, alarm: true, alarm_seen: true, claim: true, letter: false, letter_refused: true,
};

/** Of no deed, but of where craft are. An older console keeps what a newer desk says of kinds it does not know. */
export const isRoutine = ({ kind }: Entry): boolean => (inShort[kind] as boolean | undefined) === false;

/** A verdict that came to nothing an officer acts on: it stands with its boat, and in the whole record. */
const acts = ['required', 'permitted', 'forbidden', 'conflict'];
const isDetail = ({ kind, body }: Entry) => kind === 'verdict' && !acts.includes(body.ruling) && !acts.includes(body.was ?? '');

interface Choice {
  words: string;
  /** What the desk is asked for; none: entries of any kind. */
  kinds: Kind[];
  /** What of these is shown. */
  shows: (entry: Entry) => boolean;
}

const ofKinds = (words: string, ...kinds: Kind[]): Choice => ({ words, kinds, shows: ({ kind }) => kinds.includes(kind) });

export const choices: Record<string, Choice> = {
  short: {
    words: noted`in short`, kinds: (Object.keys(inShort) as Kind[]).filter((kind) => inShort[kind]),
    shows: (entry) => !isRoutine(entry) && !isDetail(entry),
  },
  all: { words: noted`everything`, kinds: [], shows: () => true },
  report: ofKinds(noted`reports`, 'report'),
  people: ofKinds(noted`people`, 'people', 'claim'),
  rules: ofKinds(noted`what is allowed`, 'verdict', 'consent', 'parameter', 'override', 'override_ended'),
  refused: ofKinds(noted`refused`, 'refused', 'line_refused'),
};

const wordsOf = (typed: string): string[] => typed.toLowerCase().split(/\s+/).filter(Boolean);

/** The record is looked through with every letter, an entry's text once. */
const lines = new WeakMap<Entry, string>();
function lineOf(entry: Entry): string {
  let line = lines.get(entry);
  if (line === undefined) lines.set(entry, (line = `${entry.kind} ${JSON.stringify(entry.body)}`.toLowerCase()));
  return line;
}

/** As the desk finds: each word stands somewhere in the entry, in any case of letters. */
export const holds = (entry: Entry, typed: string): boolean => wordsOf(typed).every((word) => lineOf(entry).includes(word));

/** Two lists in order of their numbers as one; what stands in both is there once. */
export function joined(older: readonly Entry[], newer: readonly Entry[]): Entry[] {
  const known = new Set(newer.map(({ number }) => number));
  const only = older.filter(({ number }) => !known.has(number));
  return only.length === 0 ? [...newer] : [...only, ...newer].sort((a, b) => a.number - b.number);
}

/** So many are asked for at once. */
const AT_ONCE = 500;
/** Of an entry that stands far back, so many before and after it. */
const ABOUT = 50;

/** What the desk found of one choice with its words, the newest first asked for, and how far back that reaches. */
export class LookBack {
  /** In order of their numbers. */
  found: Entry[] = [];
  looking = false;
  /** There is nothing before. */
  all = false;
  trouble = '';
  /** The oldest entry that was looked at; null before anything was asked. */
  back: Entry | null = null;

  private key = '';

  constructor(private readonly host: ReactiveControllerHost) {}

  /** Another search: what was found before is another's. */
  forget(): void {
    this.key = `${this.key}.`;
    this.found = [];
    this.looking = this.all = false;
    this.trouble = '';
    this.back = null;
  }

  /** Fills from its newer end what is missing between two entries. @param gap  so many are missing below `before` @returns how many came */
  async between(before: number, gap: number): Promise<number> {
    const { entries } = await api.entriesBefore(before, Math.min(AT_ONCE, gap)).catch((error: Error) => this.failed(error));
    this.found = joined(entries, this.found);
    return entries.length;
  }

  /** The entry of this number with those about it, all the way to `first` where that is near. */
  async around(number: number, first: number): Promise<void> {
    const near = first - number <= AT_ONCE;
    const before = near ? first : number + ABOUT;
    const { entries } = await api.entriesBefore(before, near ? first - number : 2 * ABOUT).catch((error: Error) => this.failed(error));
    this.found = joined(entries, this.found);
    this.back = entries[0] ?? null;
  }

  /**
   * One request further back.
   * @param atHand  entries that are here already; the first question of a search goes back from the newest, for a fast replay leaves gaps in them
   */
  async further(name: string, typed: string, atHand: readonly Entry[], last: number): Promise<void> {
    if (this.looking || this.all) return;
    const { kinds } = choices[name]!;
    const words = wordsOf(typed);
    const plain = kinds.length === 0 && words.length === 0;
    const before = this.back?.number ?? (plain ? atHand[0]?.number : undefined) ?? last + 1;
    const { key } = this;
    this.looking = true;
    this.host.requestUpdate();
    try {
      const { entries, all } = await api.entriesBefore(before, AT_ONCE, kinds, words);
      if (key !== this.key) return;
      this.found = joined(entries, this.found);
      this.all = all ?? (entries.length === 0 || entries[0]!.number === 1);
      this.back = entries[0] ?? this.back;
      this.trouble = '';
    } catch (error) {
      if (key === this.key) this.trouble = (error as Error).message;
    }
    if (key !== this.key) return;
    this.looking = false;
    this.host.requestUpdate();
  }

  private failed({ message }: Error): { entries: Entry[] } {
    this.trouble = message;
    return { entries: [] };
  }
}
