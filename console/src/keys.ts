/** The keyboard: one table for what the keys do and for the page that says so. */
import { noted } from './i18n';
export interface Key {
  key: string;
  shown: string;
  what: string;
}

export const keys = [
  { key: '/', shown: '/', what: noted`find a ship, a unit, an incident, or go to a position` },
  { key: 'i', shown: 'I', what: noted`incident list (arrows walk it, Enter selects)` },
  { key: 'n', shown: 'N', what: noted`next open incident` },
  { key: 'p', shown: 'P', what: noted`previous open incident` },
  { key: 'd', shown: 'D', what: noted`details of what is selected` },
  { key: 'f', shown: 'F', what: noted`record of entries` },
  { key: 'm', shown: 'M', what: noted`chart (arrows move it, + and − zoom, Enter asks about its middle)` },
  { key: 'c', shown: 'C', what: noted`centre the chart on what is selected` },
  { key: 'h', shown: 'H', what: noted`the whole strait again` },
  { key: ' ', shown: noted`Space`, what: noted`play or pause the replay` },
  { key: ',', shown: ',', what: noted`slower` },
  { key: '.', shown: '.', what: noted`faster` },
  { key: 'b', shown: 'B', what: noted`range and bearing: from and to by a click, on a craft or open water` },
  { key: 'v', shown: 'V', what: noted`lines ahead: longer, then off` },
  { key: 'r', shown: 'R', what: noted`new report: a call for help or a sighting` },
  { key: 'o', shown: 'O', what: noted`watch hand-over: what is outstanding, open and changed` },
  { key: 'w', shown: 'W', what: noted`day or night (watch) palette` },
  { key: 'Escape', shown: noted`Esc`, what: noted`let go of what is selected` },
  { key: '?', shown: '?', what: noted`this page` },
] as const satisfies readonly Key[];

export type KeyName = (typeof keys)[number]['key'];

const KEY = 'varne.keys';

/** Somebody who speaks to their machine, or rests a hand on the keys, turns the single keys off: Escape stays. */
export function singleKeys(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}
export function turnSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // private browsing: they stay on
  }
}

/** The shortcut a key press means, or null: none while somebody types, chooses, or holds a modifier. */
export function shortcutOf(event: KeyboardEvent): KeyName | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return null;
  if (event.key !== 'Escape' && !singleKeys()) return null;
  const target = event.composedPath()[0];
  if (target instanceof Element) {
    const typing = target.matches('input:not([type=range]), textarea, select');
    if (typing && event.key !== 'Escape') return null;
    // Space and the arrows belong to the button or slider that has the focus.
    if (event.key === ' ' && target.matches('button, a, summary, input')) return null;
  }
  // A button of a dialog has its own shadow: the dialog stands further up the way.
  if (event.composedPath().some((each) => each instanceof HTMLDialogElement)) return null;
  return keys.find(({ key }) => key === event.key)?.key ?? null;
}
