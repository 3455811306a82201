/**
 * Which names stand on the chart, and where: the weightiest first, each where nothing stands yet, the rest not at all.
 * A name that stood before keeps its place while it can, so that names do not flicker as ships move.
 */
import type { Colour } from '../palette';
import type { LonLat } from '../api';
import type { Projection } from './geo';

export interface Candidate {
  key: string;
  text: string;
  at: LonLat;
  /** Higher goes first. */
  weight: number;
  /** Pixels from the symbol's centre to its edge. */
  clear: number;
  size: number;
  colour: Colour;
}

export type Side = 'right' | 'left' | 'above' | 'below';

export interface Placed extends Candidate {
  side: Side;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const CELL = 64;
/** A name that stands already goes before a newcomer of nearly its weight. */
const LOYALTY = 0.5;

/** Mean advance of the chart's typeface, in ems: widths need not be exact to keep words apart. */
const ADVANCE = 0.58;

export function boxOf(x: number, y: number, candidate: Candidate, side: Side): Box {
  const width = candidate.text.length * candidate.size * ADVANCE;
  const height = candidate.size * 1.25;
  const gap = candidate.clear + 3;
  const left = side === 'right' ? x + gap : side === 'left' ? x - gap - width : x - width / 2;
  const top = side === 'above' ? y - gap - height : side === 'below' ? y + gap : y - height / 2;
  return { left, top, right: left + width, bottom: top + height };
}

/** Boxes taken so far, found by the cells they touch. */
class Taken {
  private readonly cells = new Map<number, Box[]>();

  free(box: Box): boolean {
    return this.touched(box).every((cell) => (this.cells.get(cell) ?? []).every((other) => !overlap(box, other)));
  }
  add(box: Box): void {
    for (const cell of this.touched(box)) {
      const boxes = this.cells.get(cell);
      if (boxes) boxes.push(box);
      else this.cells.set(cell, [box]);
    }
  }
  private touched(box: Box): number[] {
    const cells: number[] = [];
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++)
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) cells.push(x * 4096 + y);
    return cells;
  }
}

const inside = (box: Box, view: Projection): boolean => view.contains(box.left, box.top) && view.contains(box.right, box.bottom);

/** Where the scale and the pointer's position stand, and above them the forecast's time while there is one. */
export function corners({ width, height }: { width: number; height: number }, forecast: boolean): Box[] {
  const scale = { left: 8, top: height - 34, right: 270, bottom: height - 6 };
  const tools = { left: 8, top: 6, right: 280, bottom: 50 };
  return forecast ? [scale, tools, { left: width - 270, top: 6, right: width - 6, bottom: 36 }] : [scale, tools];
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * @param marks  symbols that no name may cover
 * @param before where names stood last time, by key
 * @param kept   parts of the screen where something else is written
 */
export function placeLabels(
  candidates: Candidate[],
  marks: { at: LonLat; clear: number }[],
  projection: Projection,
  before: ReadonlyMap<string, Side>,
  kept: Box[] = [],
  most = 120,
): Placed[] {
  const taken = new Taken();
  for (const box of kept) taken.add(box);
  for (const mark of marks) {
    const x = projection.x(mark.at[0]);
    const y = projection.y(mark.at[1]);
    taken.add({ left: x - mark.clear, top: y - mark.clear, right: x + mark.clear, bottom: y + mark.clear });
  }
  const rank = (candidate: Candidate) => candidate.weight + (before.has(candidate.key) ? LOYALTY : 0);
  const inOrder = [...candidates].sort((a, b) => rank(b) - rank(a) || (a.key < b.key ? -1 : 1));
  const placed: Placed[] = [];
  for (const candidate of inOrder) {
    if (placed.length >= most) break;
    const x = projection.x(candidate.at[0]);
    const y = projection.y(candidate.at[1]);
    if (!projection.contains(x, y)) continue;
    const stood = before.get(candidate.key);
    const sides: Side[] = ['right', 'left', 'below', 'above'];
    if (stood) sides.unshift(stood);
    const side = sides.find((each) => {
      const box = boxOf(x, y, candidate, each);
      return inside(box, projection) && taken.free(box);
    });
    if (!side) continue;
    taken.add(boxOf(x, y, candidate, side));
    placed.push({ ...candidate, side });
  }
  return placed;
}
