/** How a track is drawn: its identity by shape, its age by strength. And how a mark is. */
import type { Mark, Track } from '../api';
import { secondsBetween } from '../format';
import type { Shape } from './ink';

const STOPPED_MPS = 0.5;

export const identified = (track: Track): boolean => typeof track.mmsi === 'number';
export const moving = (track: Track): boolean => (track.speed_mps ?? 0) >= STOPPED_MPS;

/** Where its bow points, or where it goes; null for one that lies still and does not say. */
export const heading = (track: Track): number | null =>
  track.heading_deg ?? (moving(track) ? (track.course_deg ?? null) : null);

/** A track pales as it ages: full when fresh, half after three minutes; coasting and tentative ones are paler still. */
export function opacityOf(track: Track, now: string): number {
  const faded = Math.max(0.5, 1 - secondsBetween(track.updated, now) / 360);
  return Math.round(255 * (track.state === 'confirmed' ? faded : 0.38));
}

type Corner = [number, number];

/** A flat triangle list of a closed strip between two outlines with as many corners. */
function band(outer: Corner[], inner: Corner[]): Shape {
  return outer.flatMap((corner, i) => {
    const next = (i + 1) % outer.length;
    return [corner, inner[i]!, outer[next]!, outer[next]!, inner[i]!, inner[next]!].flat();
  });
}

const round = (corners: number, radius: number): Corner[] =>
  Array.from({ length: corners }, (_, i): Corner => {
    const turn = (i / corners) * 2 * Math.PI;
    return [radius * Math.sin(turn), radius * Math.cos(turn)];
  });

const disc = (corners: number, radius: number): Shape => {
  const rim = round(corners, radius);
  return rim.flatMap((corner, i) => [0, 0, ...corner, ...rim[(i + 1) % corners]!]);
};

const arrow: Corner[] = [[0, 1], [0.62, -1], [0, -0.62], [-0.62, -1]];
const arrowInside: Corner[] = [[0, 0.38], [0.3, -0.58], [0, -0.32], [-0.3, -0.58]];

/** Filled for those who say who they are, open for those who do not: they differ without colour. */
const shapes = {
  ship: [...arrow[0]!, ...arrow[1]!, ...arrow[2]!, ...arrow[0]!, ...arrow[2]!, ...arrow[3]!] as Shape,
  stopped: disc(10, 0.6),
  unknownMoving: band(arrow, arrowInside),
  unknown: band(round(12, 0.75), round(12, 0.4)),
};

const diamond = (tip: number): Corner[] => [[0, tip], [tip, 0], [0, -tip], [-tip, 0]];
const square = (half: number): Corner[] => [[-half, half], [half, half], [half, -half], [-half, -half]];

/** Four corners with gaps between: the dashes of what is not in the water. */
const dashedDiamond: Shape = diamond(1).flatMap(([x, y]) => {
  const [across, along] = [Math.abs(y) > 0 ? 1 : 0, Math.abs(x) > 0 ? 1 : 0];
  const inwards = (side: number, depth: number): Corner => [x * (1 - depth) + side * across * depth, y * (1 - depth) + side * along * depth];
  const arm = (side: number) => {
    const end = inwards(side, 0.36);
    const [a, b, c, d] = [[x, y], end, [end[0] * 0.72, end[1] * 0.72], [x * 0.72, y * 0.72]] as [Corner, Corner, Corner, Corner];
    return [...a, ...b, ...c, ...a, ...c, ...d];
  };
  return [...arm(1), ...arm(-1)];
});
const middle = disc(8, 0.22);

/** As on electronic charts an aid is a diamond, dashed where it is virtual; a shore station a square. */
const markShapes = {
  aid: [...band(diamond(1), diamond(0.72)), ...middle] as Shape,
  virtual: [...dashedDiamond, ...middle] as Shape,
  base: [...band(square(0.8), square(0.56)), ...middle] as Shape,
};
export const markShape = ({ kind, virtual }: Mark): Shape =>
  kind === 'base_station' ? markShapes.base : virtual ? markShapes.virtual : markShapes.aid;

export const dot: Shape = [0, 1, 0.87, -0.5, -0.87, -0.5];
export const discs = { small: disc(8, 1) };

export function signOf(track: Track): keyof typeof shapes {
  const turned = heading(track) !== null;
  if (identified(track)) return turned ? 'ship' : 'stopped';
  return turned ? 'unknownMoving' : 'unknown';
}

export const shapeOf = (track: Track): Shape => shapes[signOf(track)];
