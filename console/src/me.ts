/** Who sits at this console, as the desk has it. A desk without accounts has nobody, and says itself what it takes. */
import { api, Refused } from './api';
import type { Me } from './api';
import { noted, t, tr } from './i18n';

const roleWords: Record<string, string> = {
  viewer: noted`viewer`, watch_officer: noted`watch officer`, coordinator: noted`coordinator (SMC)`, commander: noted`commander`,
  captain: noted`captain`, partner: noted`partner`, auditor: noted`auditor`, administrator: noted`administrator`,
};
/** The offices there are (docs/access.md). */
export const roles = Object.keys(roleWords);
export const roleName = (role: string): string => tr(roleWords[role] ?? role);

let known: Me | null = null;
export const me = (): Me | null => known;

/** @returns false where the desk wants somebody to sign in first */
export async function learnWhoIAm(): Promise<boolean> {
  try {
    known = await api.me();
    return true;
  } catch (error) {
    // No answer says nothing about who sits here.
    if (!(error instanceof Refused) || error.status !== 401) return true;
    known = null;
    return false;
  }
}

/** Why this may not be done by whoever sits here; "" where it may. The server decides: this only spares a form that it would refuse. */
export function mayNot(act: string): string {
  if (!known?.may || known.may.includes(act)) return '';
  return t`As ${roleName(known.role)} you may not do this. Ask the coordinator, or sign in as somebody who may.`;
}

/** Who may read who has an account: not at a desk where nobody signs in. */
export const mayReadAccounts = (): boolean => known?.demonstration === false && (known.may ?? []).includes('audit');
