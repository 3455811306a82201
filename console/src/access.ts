/** Who may sign in at this desk, as the server keeps it (docs/access.md), and the requests that change it. */
import { ask, post } from './api';
import { noted } from './i18n';
import type { Picture } from './picture';

export interface Account {
  name: string;
  role: string;
  /** Whose word it is beside their own: of a captain the unit, of others the centre; "" of nobody. */
  unit: string;
  locked: boolean;
  /** A one-time code is asked for as well. */
  with_code: boolean;
  made: string;
}

export interface Program {
  name: string;
  scopes: string[];
  made: string;
}

/** One thing at a time. */
export type Change = { role: string; unit?: string } | { locked: boolean } | { password: string } | { code: boolean };

const named = (sort: string, name: string) => `/api/${sort}/${encodeURIComponent(name)}`;

export const access = {
  list: () => ask<{ accounts: Account[]; programs: Program[] }>('/api/accounts'),
  add: (account: { name: string; role: string; unit?: string; password: string }) => ask<unknown>('/api/accounts', post(account)),
  change: (name: string, change: Change) => ask<{ secret?: string; uri?: string }>(named('accounts', name), post(change)),
  addProgram: (program: { name: string; scopes: string[] }) => ask<{ token: string }>('/api/programs', post(program)),
  ownPassword: (typed: { password: string; new: string }) => ask<unknown>('/api/me/password', post(typed)),
  revoke: (name: string) => ask<unknown>(`${named('programs', name)}/revoke`, post({})),
};

/** What a program's token may be for. */
export const scopes = [
  ['read', noted`reads the picture and the record`],
  ['report', noted`reports what is seen or heard`],
  ['audit', noted`reads who has an account`],
] as const;

/** Whom an office speaks for: "unit", "centre", or nobody. */
export const speaksFor = (role: string): 'unit' | 'centre' | '' =>
  role === 'captain' ? 'unit' : ['watch_officer', 'coordinator', 'commander', 'partner'].includes(role) ? 'centre' : '';

/** The units or centres that an office can speak for. */
export function spokenFor(role: string, { units, incidents }: Picture): string[] {
  const sort = speaksFor(role);
  if (sort === 'unit') return [...units.keys()].sort();
  if (sort === '') return [];
  return [...new Set([...units.values(), ...incidents.values()].map(({ centre }) => centre).filter(Boolean))].sort();
}

/** No letter of these is taken for another, read aloud or written down. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Four groups of five letters: a hundred bits, as good as can be guessed at and still be written down. */
export function madePassword(): string {
  const drawn = [...crypto.getRandomValues(new Uint8Array(20))].map((byte) => LETTERS[byte % LETTERS.length]!);
  return [0, 5, 10, 15].map((i) => drawn.slice(i, i + 5).join('')).join('-');
}

/** As people read a secret out: in fours. */
export const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');
