/**
 * What carries words: units, incidents and every name, drawn by the browser's own letters on a canvas above the craft. Crisp
 * at any size, with no font to be cut into a texture first.
 */
import type { Incident, LonLat, Unit } from '../api';
import { allAboard } from '../danger';
import type { GuardArea } from '../guard';
import type { ChartColours, Colour } from '../palette';
import type { Projection } from './geo';
import type { Placed } from './labels';
import { phaseShapes, unitShape } from './marks';
import type { Mark } from './marks';
import { drawGuards } from './guards';
import { drawRuler } from './ruler';
import type { Ruler } from './ruler';

const FONT = '"Noto Sans", "DejaVu Sans", sans-serif';
const UNIT_PX = 21;
const INCIDENT_PX = 30;
const CLOSED_PX = 13;

export interface Symbols {
  units: Unit[];
  incidents: Incident[];
  labels: Placed[];
  selectedAt: LonLat | null;
  selected: string | null;
  ruler: Ruler | null;
  guards: readonly GuardArea[];
  /** Of the guard area that is being drawn. */
  corners: readonly LonLat[] | null;
  colours: ChartColours;
}

const css = (colour: Colour, alpha = 1): string => `rgb(${colour.join(' ')} / ${alpha})`;
const paths = new Map<string, Path2D>();
const pathOf = (path: string): Path2D => {
  const known = paths.get(path) ?? new Path2D(path);
  paths.set(path, known);
  return known;
};

export function drawSymbols(canvas: HTMLCanvasElement, projection: Projection, symbols: Symbols): void {
  const ratio = window.devicePixelRatio;
  const [width, height] = [Math.round(projection.width * ratio), Math.round(projection.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, projection.width, projection.height);
  const { colours } = symbols;
  const place = (at: LonLat, margin: number): [number, number] | null => {
    const [x, y] = [projection.x(at[0]), projection.y(at[1])];
    return projection.contains(x, y, margin) ? [x, y] : null;
  };
  drawGuards(context, projection, symbols.guards, symbols.corners, colours);
  for (const { at, kind, state, updated } of symbols.units) {
    const middle = at && place(at, UNIT_PX);
    if (!middle) continue;
    // Not heard of: taken to be at its base, and pale.
    context.globalAlpha = updated ? 1 : 0.5;
    badge(context, middle, UNIT_PX, unitShape(kind, state), colours.unit, colours.unitInk, colours.halo);
    context.globalAlpha = 1;
  }
  for (const incident of uppermostLast(symbols)) {
    const { at, phase, open } = incident;
    const middle = at && place(at, INCIDENT_PX);
    if (!middle) continue;
    context.globalAlpha = open ? 1 : 0.5;
    badge(context, middle, open ? INCIDENT_PX : CLOSED_PX, phaseShapes[phase], ...(allAboard(incident) ? ([colours.safe, colours.halo] as const) : ([colours[phase], colours.phaseInk[phase]] as const)), colours.halo);
    context.globalAlpha = 1;
  }
  const ring = symbols.selectedAt && place(symbols.selectedAt, 40);
  if (ring) circle(context, ring, colours);
  if (symbols.ruler) drawRuler(context, projection, symbols.ruler, colours);
  for (const label of symbols.labels) name(context, label, projection, colours.halo);
}

const weight: Record<Incident['phase'], number> = { uncertainty: 1, alert: 2, distress: 3 };

/** Where incidents lie on each other the selected is on top, then the gravest; closed ones lie below. */
function uppermostLast({ incidents, selected }: Symbols): Incident[] {
  const height = ({ id, open, phase }: Incident) => (id === selected ? 9 : open ? weight[phase] : 0);
  return [...incidents].sort((a, b) => height(a) - height(b));
}

function badge(context: CanvasRenderingContext2D, [x, y]: [number, number], size: number, mark: Mark, fill: Colour, ink: Colour, halo: Colour): void {
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(size / 32, size / 32);
  context.strokeStyle = css(halo);
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.stroke(pathOf(mark.path));
  context.fillStyle = css(fill);
  context.fill(pathOf(mark.path));
  context.fillStyle = css(ink);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `bold ${mark.word.length > 1 ? 11 : 18}px ${FONT}`;
  context.fillText(mark.word, 16, mark.middle);
  context.restore();
}

function circle(context: CanvasRenderingContext2D, [x, y]: [number, number], colours: ChartColours): void {
  context.beginPath();
  context.arc(x, y, 20, 0, 2 * Math.PI);
  context.strokeStyle = css(colours.halo, 0.8);
  context.lineWidth = 5;
  context.stroke();
  context.strokeStyle = css(colours.selected);
  context.lineWidth = 2.5;
  context.stroke();
}

function name(context: CanvasRenderingContext2D, label: Placed, projection: Projection, halo: Colour): void {
  const gap = label.clear + 3;
  const [dx, dy] = { right: [gap, 0], left: [-gap, 0], above: [0, -gap], below: [0, gap] }[label.side] as [number, number];
  const x = projection.x(label.at[0]) + dx;
  const y = projection.y(label.at[1]) + dy;
  context.font = `600 ${label.size}px ${FONT}`;
  context.textAlign = ({ right: 'left', left: 'right', above: 'center', below: 'center' } as const)[label.side];
  context.textBaseline = ({ right: 'middle', left: 'middle', above: 'bottom', below: 'top' } as const)[label.side];
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = css(halo, 0.9);
  context.strokeText(label.text, x, y);
  context.fillStyle = css(label.colour);
  context.fillText(label.text, x, y);
}
