/** The ruler: range and bearing from a place or a craft to another, and how long its speed takes. */
import type { LonLat } from '../api';
import { bearing, distance, knots, minutes } from '../format';
import type { ChartColours } from '../palette';
import { bearingBetween, distanceBetween } from './geo';
import type { Projection } from './geo';
import { t } from '../i18n';

export interface RulerEnd {
  at: LonLat;
  /** Of the unit, incident or craft it was laid on; "" on open water. */
  name: string;
  /** Service speed of a unit. */
  speed_mps?: number;
}

export interface Ruler {
  from: RulerEnd;
  to: RulerEnd;
}

/** "RNLI Dover to Mike: 047°, 4.2 NM, 10 min at 25.0 kn" */
export function rulerWords({ from, to }: Ruler): string {
  const range = distanceBetween(from.at, to.at);
  const names = from.name || to.name ? t`${from.name || t`here`} to ${to.name || t`here`}: ` : '';
  const time = from.speed_mps ? t`, ${minutes(range / from.speed_mps)} at ${knots(from.speed_mps)}, straight` : '';
  return `${names}${bearing(bearingBetween(from.at, to.at))}, ${distance(range)}${time}`;
}

export function drawRuler(context: CanvasRenderingContext2D, projection: Projection, { from, to }: Ruler, colours: ChartColours): void {
  const line = (width: number, colour: string) => {
    context.beginPath();
    context.moveTo(projection.x(from.at[0]), projection.y(from.at[1]));
    context.lineTo(projection.x(to.at[0]), projection.y(to.at[1]));
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  };
  line(5, `rgb(${colours.halo.join(' ')} / 0.8)`);
  line(2, `rgb(${colours.selected.join(' ')})`);
}
