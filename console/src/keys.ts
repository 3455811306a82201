/** The keyboard: one table for what the keys do and for the page that says so. */
export interface Key {
  key: string;
  shown: string;
  what: string;
}

export const keys = [
  { key: '/', shown: '/', what: 'find a ship, a unit, an incident' },
  { key: 'i', shown: 'I', what: 'incident list (arrows walk it, Enter selects)' },
  { key: 'n', shown: 'N', what: 'next open incident' },
  { key: 'p', shown: 'P', what: 'previous open incident' },
  { key: 'd', shown: 'D', what: 'details of what is selected' },
  { key: 'f', shown: 'F', what: 'record of entries' },
  { key: 'm', shown: 'M', what: 'chart (arrows move it, + and − zoom)' },
  { key: 'c', shown: 'C', what: 'centre the chart on what is selected' },
  { key: 'h', shown: 'H', what: 'the whole strait again' },
  { key: ' ', shown: 'Space', what: 'play or pause the replay' },
  { key: ',', shown: ',', what: 'slower' },
  { key: '.', shown: '.', what: 'faster' },
  { key: 'r', shown: 'R', what: 'new report: a call for help or a sighting' },
  { key: 'w', shown: 'W', what: 'day or night (watch) palette' },
  { key: 'Escape', shown: 'Esc', what: 'let go of what is selected' },
  { key: '?', shown: '?', what: 'this page' },
] as const satisfies readonly Key[];

export type KeyName = (typeof keys)[number]['key'];

/** The shortcut a key press means, or null: none while somebody types, chooses, or holds a modifier. */
export function shortcutOf(event: KeyboardEvent): KeyName | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return null;
  const target = event.composedPath()[0];
  if (target instanceof Element) {
    const typing = target.matches('input:not([type=range]), textarea, select');
    if (typing && event.key !== 'Escape') return null;
    // Space and the arrows belong to the button or slider that has the focus.
    if (event.key === ' ' && target.matches('button, a, summary, input')) return null;
    if (target.closest('dialog')) return null;
  }
  return keys.find(({ key }) => key === event.key)?.key ?? null;
}
