/** Guard areas on the chart, and the one that is being drawn. */
import type { LonLat } from '../api';
import type { GuardArea } from '../guard';
import type { ChartColours } from '../palette';
import type { Projection } from './geo';

export function drawGuards(context: CanvasRenderingContext2D, projection: Projection, areas: readonly GuardArea[], corners: readonly LonLat[] | null, colours: ChartColours): void {
  const ink = `rgb(${colours.guard.join(' ')})`;
  const halo = `rgb(${colours.halo.join(' ')} / 0.9)`;
  const line = (ring: readonly LonLat[], closed: boolean) => {
    context.beginPath();
    ring.forEach(([lon, lat], i) => (i === 0 ? context.moveTo(projection.x(lon), projection.y(lat)) : context.lineTo(projection.x(lon), projection.y(lat))));
    if (closed) context.closePath();
    context.strokeStyle = ink;
    context.stroke();
  };
  context.save();
  context.lineWidth = 2;
  context.setLineDash([8, 4]);
  for (const { ring } of areas) {
    line(ring, true);
    context.fillStyle = `rgb(${colours.guard.join(' ')} / 0.07)`;
    context.fill();
  }
  context.setLineDash([]);
  if (corners) {
    line(corners, false);
    context.fillStyle = ink;
    for (const [lon, lat] of corners) context.fillRect(projection.x(lon) - 4, projection.y(lat) - 4, 8, 8);
  }
  context.font = '600 12px "Noto Sans", "DejaVu Sans", sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  context.lineWidth = 3;
  context.lineJoin = 'round';
  for (const { name, ring } of areas) {
    // Above its northernmost corner, where it hides least of what is inside.
    const [lon, lat] = ring.reduce((top, corner) => (corner[1] > top[1] ? corner : top));
    const [x, y] = [projection.x(lon), projection.y(lat) - 6];
    context.strokeStyle = halo;
    context.strokeText(name, x, y);
    context.fillStyle = ink;
    context.fillText(name, x, y);
  }
  context.restore();
}
