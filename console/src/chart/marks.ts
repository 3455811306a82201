/**
 * The chart's symbols, each drawn once on a 32 × 32 grid, for the chart and for the lists beside it. A phase differs in
 * shape and in colour, a unit's side in its frame (square UK, round FR), its kind in its letter.
 */
import type { Phase } from '../api';

export interface Mark {
  path: string;
  /** What stands in it, and how far down. */
  word: string;
  middle: number;
}

const circle = 'M16 3a13 13 0 1 0 .01 0z';

export const phaseShapes: Record<Phase, Mark> = {
  uncertainty: { path: circle, word: '?', middle: 16.5 },
  alert: { path: 'M16 2.5L30.5 28.5H1.5z', word: '!', middle: 20 },
  distress: { path: 'M16 .5L31.5 16L16 31.5L.5 16z', word: 'SOS', middle: 16.5 },
};

export const unitLetters: Record<string, string> = {
  lifeboat: 'L',
  cutter: 'C',
  patrol: 'P',
  tug: 'T',
  helicopter: 'H',
  aeroplane: 'A',
};

export function unitShape(kind: string, state: string): Mark {
  const frame = state === 'FR' ? circle : 'M4.5 4.5H27.5V27.5H4.5z';
  // Aircraft carry wings beside their frame.
  const wings = kind === 'helicopter' || kind === 'aeroplane' ? 'M0 14H4.5V18H0zM27.5 14H32V18H27.5z' : '';
  return { path: frame + wings, word: unitLetters[kind] ?? '·', middle: 16.5 };
}
