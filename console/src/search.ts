/** A search as the desk is asked for it and as it answers (docs/api.md, A search), and its boxes as figures and outlines. */
import type { LonLat } from './api';
import { offset } from './chart/geo';

export interface SearchBox {
  unit: string;
  from: string;
  until: string;
  /** When it is begun. */
  centre: LonLat;
  /** Along its axis, and across. */
  length_m: number;
  width_m: number;
  axis_deg: number;
}

export interface AskedSearcher {
  unit: string;
  search_mps?: number;
  sweep_width_m?: number;
  source?: string;
  /** When one that is busy or off duty can be had. */
  free_from?: string;
}

export interface SearchAsked {
  object: string;
  from: string;
  /** Seconds. */
  length: number;
  units: AskedSearcher[];
  pattern: string;
  fixed: boolean;
  night: boolean;
  height_m?: number;
  visibility_m?: number;
  wind_mps?: number;
  sea_m?: number;
  smc?: string;
  osc?: string;
  /** As somebody drew them, to be scored; planned where left out. */
  boxes?: SearchBox[];
}

export interface SearchPlan {
  /** By the desk's clock. */
  planned: string;
  asked: SearchAsked;
  forecast: string;
  pos: number;
  bound: number;
  /** Share of the best possible plan of the same effort that is proved. */
  at_least: number;
  /** What a manual square on the datum finds with the same units. */
  square_pos: number;
  /** What the worksheets make of the same effort: what they count on, and what that finds here; or why there is none. */
  worksheet?: { pos?: number; own_pos?: number; missing?: string };
  tasks: (SearchBox & { coverage: number })[];
  left_out: { unit: string; why: string }[];
  notes: string[];
  geojson: GeoJSON.FeatureCollection;
  gpx: string;
  rtz: { name: string; text: string }[];
  message: string;
}

/** What of a search lies on the chart. */
export interface SearchOnChart {
  boxes: { name: string; centre: LonLat; ring: LonLat[] }[];
  /** Patterns of boxes that stand as they were answered. */
  ways: LonLat[][];
}

/** Its four corners, and the first again. */
export function ringOf({ centre, length_m, width_m, axis_deg }: SearchBox): LonLat[] {
  const axis = (axis_deg * Math.PI) / 180;
  const [sine, cosine] = [Math.sin(axis), Math.cos(axis)];
  return [[1, 1], [1, -1], [-1, -1], [-1, 1], [1, 1]].map(([along, across]) => {
    const [ahead, aside] = [(along! * length_m) / 2, (across! * width_m) / 2];
    return offset(centre, ahead * sine + aside * cosine, ahead * cosine - aside * sine);
  });
}

/** "RNLI Dover, box 2": as the answer names its patterns and routes. */
export function namesOf(boxes: readonly SearchBox[]): string[] {
  const count = new Map<string, number>();
  return boxes.map(({ unit }) => {
    count.set(unit, (count.get(unit) ?? 0) + 1);
    return `${unit}, box ${count.get(unit)!}`;
  });
}

/** The patterns of the answer, by their names. */
export function waysOf({ geojson }: SearchPlan): Map<string, LonLat[]> {
  const ways = new Map<string, LonLat[]>();
  for (const { geometry, properties } of geojson.features)
    if (geometry.type === 'LineString') ways.set(String(properties?.name), geometry.coordinates as LonLat[]);
  return ways;
}
