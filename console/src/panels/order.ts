/** The order of the incident list, and which of them it shows. */
import type { Incident } from '../api';
import { allAboard, firstThere, lastWord, nobodyGoes, stillOut, worseFirst } from '../danger';
import { incidentName } from '../format';
import { noted } from '../i18n';

const time = (text: string | null | undefined): number => (text ? Date.parse(text) : Infinity);

/** The graver last resort of every order is the worst first. */
export const orders: Record<string, { words: string; before: (a: Incident, b: Incident) => number }> = {
  worst: { words: noted`worst first`, before: worseFirst },
  silent: { words: noted`longest silent first`, before: (a, b) => time(lastWord(a)) - time(lastWord(b)) },
  people: { words: noted`most people out first`, before: (a, b) => (stillOut(b)?.[1] ?? 0) - (stillOut(a)?.[1] ?? 0) },
  arrival: { words: noted`latest arrival first`, before: (a, b) => time(firstThere(b)?.eta) - time(firstThere(a)?.eta) },
  newest: { words: noted`newest first`, before: (a, b) => time(b.opened) - time(a.opened) },
};

export const choices: Record<string, { words: string; shows: (incident: Incident) => boolean }> = {
  all: { words: noted`all`, shows: () => true },
  open: { words: noted`open`, shows: ({ open }) => open },
  distress: { words: noted`in distress`, shows: ({ open, phase }) => open && phase === 'distress' },
  nobody: { words: noted`nobody going`, shows: (incident) => incident.open && !allAboard(incident) && nobodyGoes(incident) },
  closed: { words: noted`closed`, shows: ({ open }) => !open },
};

/** By nothing that changes with every report, but in "longest silent". */
export function wanted(incidents: Iterable<Incident>, order = 'worst', choice = 'all', words = ''): string[] {
  const looked = words.trim().toLowerCase();
  return [...incidents]
    .filter((incident) => choices[choice]!.shows(incident) && `${incidentName(incident)} ${incident.centre}`.toLowerCase().includes(looked))
    .sort((a, b) => Number(b.open) - Number(a.open) || orders[order]!.before(a, b) || worseFirst(a, b))
    .map(({ id }) => id);
}

/**
 * What to show next. While somebody's pointer or keyboard is in the list it is held: nothing that stands moves, new ones
 * join at the end; let go, it falls into the wanted order.
 */
export function nextOrder(shown: readonly string[], wantedNow: readonly string[], held: boolean): string[] {
  if (!held) return [...wantedNow];
  const present = new Set(wantedNow);
  const standing = shown.filter((id) => present.has(id));
  const known = new Set(standing);
  return [...standing, ...wantedNow.filter((id) => !known.has(id))];
}
