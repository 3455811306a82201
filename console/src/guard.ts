/** Guard areas: waters that an officer wants to hear about when a craft enters them. Kept in this browser, as its alarms are. */
import type { LonLat, Track } from './api';
import { identified } from './chart/signs';
import { trackName } from './format';
import { noted } from './i18n';
import type { Picture } from './picture';

/** What sorts of craft one may be asked to hear of; ships by the first digit of their AIS type (ITU-R M.1371, table 53). */
export const guardKinds = {
  unidentified: noted`craft not identified`,
  fishing: noted`fishing`,
  pleasure: noted`pleasure craft`,
  passenger: noted`passenger`,
  cargo: noted`cargo`,
  tanker: noted`tanker`,
  other: noted`other`,
} as const;
export type GuardKind = keyof typeof guardKinds;

export interface GuardArea {
  id: string;
  name: string;
  kinds: GuardKind[];
  /** At least three corners, the last joined to the first. */
  ring: LonLat[];
}

export interface Entered {
  area: GuardArea;
  track: string;
  name: string;
  /** ISO time of the picture when it was first seen inside. */
  time: string;
}

const KEY = 'varne.guards';
/** Noise at the edge is no coming and going: who has been out for less has never left. */
const LEFT_AFTER_MS = 10 * 60_000;
/** So many are kept to be acknowledged. */
const KEPT = 100;

export function kindOf(track: Track): GuardKind {
  if (!identified(track)) return 'unidentified';
  const type = track.ship_type ?? 0;
  if (type === 30) return 'fishing';
  if (type === 36 || type === 37) return 'pleasure';
  return ({ 6: 'passenger', 7: 'cargo', 8: 'tanker' } as const)[Math.floor(type / 10)] ?? 'other';
}

/** By even and odd crossings, so that a line that crosses itself has an inside too. Flat: an area does not reach round the pole or the date line. */
export function inside([x, y]: LonLat, ring: readonly LonLat[]): boolean {
  let odd = false;
  ring.forEach(([x1, y1], i) => {
    const [x0, y0] = ring[(i + ring.length - 1) % ring.length]!;
    if (y1 > y !== y0 > y && x < x1 + ((y - y1) / (y0 - y1)) * (x0 - x1)) odd = !odd;
  });
  return odd;
}

/** Who has entered which area since the page shows this picture. */
export class Guard {
  /** The newest last. */
  entered: Entered[] = [];
  /** By area: when it was last looked at, and when each craft was last seen inside, ms since 1970. */
  private readonly within = new Map<string, { looked: number; last: Map<string, number> }>();
  private seen = { resets: -1, tracks: -1 };

  /** Call on every update. Who is inside when an area is drawn, or in a whole new picture, was there before and enters nothing. */
  look(picture: Picture, areas: readonly GuardArea[]): void {
    if (this.seen.resets !== picture.resets) {
      this.within.clear();
      this.entered = [];
    }
    const fresh = areas.filter(({ id }) => !this.within.has(id));
    const moved = this.seen.tracks !== picture.tracksVersion;
    this.seen = { resets: picture.resets, tracks: picture.tracksVersion };
    for (const id of this.within.keys()) if (!areas.some((area) => area.id === id)) this.within.delete(id);
    for (const area of moved ? areas : fresh) this.watch(area, picture, fresh.includes(area));
    this.entered = this.entered.filter(({ area }) => areas.some(({ id }) => id === area.id)).slice(-KEPT);
  }

  private watch(area: GuardArea, picture: Picture, silent: boolean): void {
    const now = Date.parse(picture.now);
    const { looked, last } = this.within.get(area.id) ?? { looked: now, last: new Map<string, number>() };
    this.within.set(area.id, { looked: now, last });
    const out = (at: number) => at < looked && now - at > LEFT_AFTER_MS;
    for (const track of picture.tracks.values()) {
      if (!area.kinds.includes(kindOf(track)) || !inside(track.at, area.ring)) continue;
      const before = last.get(track.id);
      last.set(track.id, now);
      if (!silent && (before === undefined || out(before))) this.entered.push({ area, track: track.id, name: trackName(track), time: picture.now });
    }
    for (const [id, at] of last) if (out(at)) last.delete(id);
  }
}

export function rememberedGuards(): GuardArea[] {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown;
    return Array.isArray(kept) ? kept.filter(isArea) : [];
  } catch {
    return [];
  }
}

export function keepGuards(areas: readonly GuardArea[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(areas));
  } catch {
    // private browsing: they last as long as the page
  }
}

/** What another version of the page kept is not trusted. */
function isArea(kept: unknown): kept is GuardArea {
  const { id, name, kinds, ring } = (kept ?? {}) as Partial<GuardArea>;
  const place = (at: unknown) => Array.isArray(at) && at.length === 2 && at.every(Number.isFinite);
  return typeof id === 'string' && typeof name === 'string' && Array.isArray(kinds) && kinds.every((kind) => kind in guardKinds) && Array.isArray(ring) && ring.length >= 3 && ring.every(place);
}

/** As GeoJSON (RFC 7946): a polygon each, with its name and kinds. */
export function guardsGeojson(areas: readonly GuardArea[]): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: areas.map(({ name, kinds, ring }) => ({ type: 'Feature', properties: { name, kinds }, geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] } })),
  });
}
