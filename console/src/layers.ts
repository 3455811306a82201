/** What of the chart an officer wants to see. Incidents and units are always there. */
import { noted } from './i18n';

export const layers = {
  ships: noted`ships (AIS)`,
  unidentified: noted`craft not identified`,
  marks: noted`buoys and stations (AIS)`,
  lanes: noted`traffic lanes`,
  limits: noted`limits and rescue regions`,
  vectors: noted`lines ahead`,
  trails: noted`past half hour`,
} as const;

export type LayerName = keyof typeof layers;
export type Shown = ReadonlySet<LayerName>;

const KEY = 'varne.layers';
const names = Object.keys(layers) as LayerName[];
const atFirst = names.filter((name) => name !== 'trails');

export function rememberedLayers(): Shown {
  try {
    const kept = localStorage.getItem(KEY);
    return new Set(kept === null ? atFirst : names.filter((name) => kept.split(' ').includes(name)));
  } catch {
    return new Set(atFirst);
  }
}

/** The same with one turned round, and remembered. */
export function turned(shown: Shown, name: LayerName): Shown {
  const next = new Set(names.filter((each) => (each === name) !== shown.has(each)));
  try {
    localStorage.setItem(KEY, [...next].join(' '));
  } catch {
    // private browsing: the choice lasts as long as the page
  }
  return next;
}
