/** What the officer is looking at. */
import type { LonLat } from './api';

export type Selection =
  | { kind: 'incident' | 'track' | 'unit' | 'mark'; id: string }
  | { kind: 'sea'; id: string; at: LonLat }
  | null;

export const same = (a: Selection, b: Selection): boolean => a?.kind === b?.kind && a?.id === b?.id;

/** Bubbles from any panel to the app. */
export function select(from: EventTarget, selection: Selection, centre = false): void {
  from.dispatchEvent(
    new CustomEvent<{ selection: Selection; centre: boolean }>('varne-select', {
      detail: { selection, centre },
      bubbles: true,
      composed: true,
    }),
  );
}
