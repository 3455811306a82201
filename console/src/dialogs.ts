/** The forms and pages that lie over the console, each loaded when it is first asked for. */
import type { LonLat } from './api';
import type { Act } from './panels/deeds';
import type { Picture } from './picture';
import type { SearchWanted } from './searching';

interface Dialog extends HTMLElement {
  updateComplete: Promise<boolean>;
  show(): void;
}

async function lay(root: ParentNode & Node, dialog: Dialog): Promise<void> {
  root.appendChild(dialog);
  await dialog.updateComplete;
  dialog.show();
}

/** What was typed and not sent is still there when it is opened again. */
export async function openReport(root: ShadowRoot, picture: Picture, at: LonLat | null): Promise<void> {
  const { VarneReport } = await import('./panels/report');
  const form = root.querySelector<InstanceType<typeof VarneReport>>('varne-report') ?? new VarneReport();
  await lay(root, Object.assign(form, { picture, at }));
}

export async function openAct(root: ShadowRoot, picture: Picture, act: Act): Promise<void> {
  const { VarneAct } = await import('./panels/act');
  root.querySelector('varne-act')?.remove();
  await lay(root, Object.assign(new VarneAct(), act, { picture }));
}

/** What proposals go by. */
export async function openPropose(root: ShadowRoot, picture: Picture): Promise<void> {
  const { VarnePropose } = await import('./panels/propose');
  await lay(root, Object.assign(root.querySelector<InstanceType<typeof VarnePropose>>('varne-propose') ?? new VarnePropose(), { picture }));
}

/** Lending a unit to another centre. @param back  the unit that is offered no longer; "" offers one */
export async function openLend(root: ShadowRoot, picture: Picture, to: string, back = ''): Promise<void> {
  const { VarneLend } = await import('./panels/lend');
  root.querySelector('varne-lend')?.remove();
  await lay(root, Object.assign(new VarneLend(), { picture, to, back }));
}

/** What was planned for an incident is still there when it is opened again. */
export async function openSearch(root: ShadowRoot, picture: Picture, { incident, detail }: SearchWanted): Promise<void> {
  const { VarneSearch } = await import('./panels/search');
  const standing = root.querySelector<InstanceType<typeof VarneSearch>>('varne-search');
  if (standing?.incident.id !== incident.id) standing?.remove();
  await lay(root, Object.assign(standing?.incident.id === incident.id ? standing : new VarneSearch(), { picture, incident, detail }));
}

/** Who may sign in here. */
export async function openAccounts(root: ShadowRoot, picture: Picture): Promise<void> {
  const { VarneAccounts } = await import('./panels/accounts');
  await lay(root, Object.assign(root.querySelector<InstanceType<typeof VarneAccounts>>('varne-accounts') ?? new VarneAccounts(), { picture }));
}

/** One's own password. @param done  it is changed, and everybody of this account signed out */
export async function openOwnPassword(root: ShadowRoot, done: () => void): Promise<void> {
  const { VarneOwnPassword } = await import('./panels/own-password');
  root.querySelector('varne-own-password')?.remove();
  await lay(root, Object.assign(new VarneOwnPassword(), { done }));
}

export async function openHelp(root: ShadowRoot): Promise<void> {
  const { VarneHelp } = await import('./panels/help');
  await lay(root, root.querySelector<InstanceType<typeof VarneHelp>>('varne-help') ?? new VarneHelp());
}
