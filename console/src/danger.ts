/** How badly off a boat is: what the list, the chart and the alarms order by. Reads what the server says, decides nothing. */
import type { HeadCount, Incident, Phase } from './api';
import { noted } from './i18n';

export const dangerWords: Record<string, string> = {
  people_in_water: noted`in the water`,
  taking_water: noted`taking water`,
  medical_case: noted`medical case`,
  child_alone: noted`child alone`,
  engine_stopped: noted`engine stopped`,
};
const signs = Object.keys(dangerWords);

/** The signs of danger that hold, the gravest first. */
export const dangersOf = ({ dangers }: Incident): string[] => signs.filter((sign) => dangers?.includes(sign));

/** Who goes to it, as far as the desk says. */
export const assignedTo = ({ assigned }: Incident) => assigned ?? [];
/** The desk says who goes, and it is nobody: a desk that does not say leaves it open. */
export const nobodyGoes = ({ assigned }: Incident): boolean => assigned?.length === 0;

/** The people who are still aboard, in the water or missing; null where nobody has said how many. */
export function stillOut({ states }: Incident): HeadCount | null {
  if (!states) return null;
  const of = (end: 0 | 1) => (states.at_sea?.[end] ?? 0) + (states.missing?.[end] ?? 0);
  return [of(0), of(1)];
}
const mostOut = (incident: Incident): number => stillOut(incident)?.[1] ?? 0;

/** Everybody who was out is aboard a unit. */
export const allAboard = (incident: Incident): boolean =>
  incident.all_aboard ?? (incident.open && stillOut(incident)?.[1] === 0 && (incident.states?.rescued?.[1] ?? 0) > 0);

const phases: Record<Phase, number> = { distress: 2, alert: 1, uncertainty: 0 };

const weight = (incident: Incident): number[] => [
  Number(incident.open),
  Number(!allAboard(incident)),
  phases[incident.phase],
  Number(nobodyGoes(incident)),
  ...signs.map((sign) => Number(dangersOf(incident).includes(sign))),
  mostOut(incident),
  Date.parse(incident.opened),
];

const byId = (a: Incident, b: Incident) => a.id.localeCompare(b.id, 'en', { numeric: true });

/** Open before closed, people out before people aboard a unit, the graver phase, nobody going before somebody, the graver signs, the more people, the newest. */
export function worseFirst(a: Incident, b: Incident): number {
  const [left, right] = [weight(a), weight(b)];
  const differs = left.findIndex((value, i) => value !== right[i]);
  return differs < 0 ? byId(a, b) : right[differs]! - left[differs]!;
}

/** When it was last heard from the boat itself or from somebody who sees it; a forecast is no such word. */
export const lastWord = (incident: Incident): string | null => incident.heard ?? incident.at_time ?? null;

/** The first of those who go; without a time the one first named. */
export function firstThere(incident: Incident): { unit: string; eta?: string | null } | null {
  const times = assignedTo(incident).filter(({ eta }) => eta).sort((a, b) => Date.parse(a.eta!) - Date.parse(b.eta!));
  return times[0] ?? assignedTo(incident)[0] ?? null;
}
