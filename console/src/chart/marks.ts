/**
 * The chart's symbols, each drawn once on a 32 × 32 grid, for the chart's atlas and for the lists beside it. A phase
 * differs in shape and in colour, a unit's side in its frame (square UK, round FR), its kind in its letter.
 */
import type { Phase } from '../api';

export interface Shape {
  path: string;
  /** What stands in the middle; "" nothing. */
  word: string;
}

export const phaseShapes: Record<Phase, Shape> = {
  uncertainty: { path: 'M16 3a13 13 0 1 0 .01 0z', word: '?' },
  alert: { path: 'M16 2.5L30.5 28.5H1.5z', word: '!' },
  distress: { path: 'M16 .5L31.5 16L16 31.5L.5 16z', word: 'SOS' },
};

export const shipShape = 'M16 2L24 29L16 24.5L8 29z';
export const stoppedShape = 'M16 9a7 7 0 1 0 .01 0z';
/** Unidentified: open shapes, so that they differ without colour. */
export const unknownMovingShape = 'M16 2L25 29L16 24L7 29zM16 11.5L12.2 23L16 21L19.8 23z';
export const unknownShape = 'M16 7a9 9 0 1 0 .01 0zM16 11a5 5 0 1 1-.01 0z';
export const ringShape = 'M16 1a15 15 0 1 0 .01 0zM16 3.2a12.8 12.8 0 1 1-.01 0z';

export const unitLetters: Record<string, string> = {
  lifeboat: 'L',
  cutter: 'C',
  patrol: 'P',
  tug: 'T',
  helicopter: 'H',
  aeroplane: 'A',
};

export function unitShape(kind: string, state: string): Shape {
  const frame = state === 'FR' ? 'M16 3a13 13 0 1 0 .01 0z' : 'M4.5 4.5H27.5V27.5H4.5z';
  // Aircraft carry wings beside their frame.
  const wings = kind === 'helicopter' || kind === 'aeroplane' ? 'M0 14.2H32V17.8H0z' : '';
  return { path: frame + wings, word: unitLetters[kind] ?? '·' };
}
