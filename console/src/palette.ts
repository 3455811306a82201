/**
 * Day and night: the panels follow OpenBridge's palettes (theme.css), the chart these colours. At night nothing is
 * blue or white: dim amber and red leave the eye its dark adaptation.
 */
import type { Phase } from './api';

export type PaletteName = 'day' | 'night';
export type Colour = [number, number, number];

export interface ChartColours {
  sea: string;
  /** Outside of what the chart was made from. */
  unknown: string;
  land: string;
  coast: string;
  boundary: string;
  rescueRegion: string;
  lane: string;
  ship: Colour;
  unidentified: Colour;
  mark: Colour;
  guard: Colour;
  selected: Colour;
  label: Colour;
  place: Colour;
  halo: Colour;
  unit: Colour;
  unitInk: Colour;
  uncertainty: Colour;
  alert: Colour;
  distress: Colour;
  /** An incident whose people are all aboard a unit. */
  safe: Colour;
  phaseInk: Record<Phase, Colour>;
  cloud: [Colour, Colour, Colour];
  contour: Colour;
  /** Boxes and patterns of a search. */
  search: Colour;
}

const day: ChartColours = {
  sea: '#dbe8ef',
  unknown: '#c3c6c8',
  land: '#f1ead6',
  coast: '#8d8468',
  boundary: '#8a5f9e',
  rescueRegion: '#b0508a',
  lane: '#b9a3c6',
  ship: [38, 70, 92],
  unidentified: [122, 48, 140],
  mark: [130, 72, 0],
  guard: [0, 104, 124],
  selected: [0, 92, 190],
  label: [24, 40, 52],
  place: [92, 82, 56],
  halo: [232, 240, 245],
  unit: [0, 104, 90],
  unitInk: [255, 255, 255],
  uncertainty: [240, 196, 25],
  alert: [228, 112, 0],
  distress: [200, 16, 32],
  safe: [112, 120, 126],
  phaseInk: { uncertainty: [0, 0, 0], alert: [0, 0, 0], distress: [255, 255, 255] },
  cloud: [
    [196, 32, 64],
    [96, 60, 16],
    [110, 110, 110],
  ],
  contour: [84, 0, 28],
  search: [20, 60, 170],
};

const night: ChartColours = {
  sea: '#050302',
  unknown: '#17110d',
  land: '#1d140b',
  coast: '#5c4022',
  boundary: '#6b3f52',
  rescueRegion: '#7d3a4a',
  lane: '#3d2a30',
  ship: [176, 124, 64],
  unidentified: [225, 110, 150],
  mark: [158, 116, 36],
  guard: [140, 150, 84],
  selected: [255, 205, 120],
  label: [206, 150, 84],
  place: [178, 126, 68],
  halo: [5, 3, 2],
  unit: [74, 168, 132],
  unitInk: [0, 0, 0],
  uncertainty: [178, 150, 20],
  alert: [220, 110, 10],
  distress: [233, 30, 40],
  safe: [120, 96, 72],
  phaseInk: { uncertainty: [0, 0, 0], alert: [0, 0, 0], distress: [0, 0, 0] },
  cloud: [
    [220, 60, 60],
    [150, 110, 60],
    [110, 90, 80],
  ],
  contour: [255, 190, 130],
  search: [214, 196, 84],
};

export const chartColours: Record<PaletteName, ChartColours> = { day, night };

const KEY = 'varne.palette';

/** What this desk chose last; day for a new one. A browser that keeps nothing is no error. */
export function rememberedPalette(): PaletteName {
  try {
    return localStorage.getItem(KEY) === 'night' ? 'night' : 'day';
  } catch {
    return 'day';
  }
}

export function applyPalette(name: PaletteName): void {
  document.documentElement.dataset.obcTheme = name;
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // private browsing: the choice lasts as long as the page
  }
}
