/** The two meshes of the chart: the forecast's cloud with its contours, and the craft with their courses and ellipses. */
import type { LonLat, Track } from '../api';
import type { ChartColours, Colour } from '../palette';
import type { Cloud } from './forecast';
import { ahead, ellipseRing } from './geo';
import { Ink } from './ink';
import type { Mesh } from './ink';
import { discs, dot, heading, identified, moving, opacityOf, shapeOf } from './signs';

/** Course lines reach where a ship will be in six minutes: a tenth of its speed in knots, in miles. */
const COURSE_SECONDS = 360;

export function craftMesh(tracks: Track[], now: string, selected: string | null, colours: ChartColours): Mesh {
  const ink = new Ink(tracks.length * 14 + 4096);
  const signs: (() => void)[] = [];
  for (const track of tracks) {
    const chosen = track.id === selected;
    const known = identified(track);
    const colour = chosen ? colours.selected : known ? colours.ship : colours.unidentified;
    const alpha = chosen ? 255 : opacityOf(track, now);
    if (!known && track.ellipse) ink.line(ellipseRing(track.at, track.ellipse), 1.3, colour, Math.min(190, alpha));
    if (moving(track) && typeof track.course_deg === 'number')
      ink.line([track.at, ahead(track.at, track.speed_mps!, track.course_deg, COURSE_SECONDS)], 1, colour, Math.min(150, alpha));
    // Craft lie above every line.
    signs.push(() => ink.shape(track.at, shapeOf(track), heading(track) ?? 0, sizeOf(track), colour, alpha));
  }
  for (const sign of signs) sign();
  return ink.mesh;
}

/** Half the length of its sign, in pixels. */
const sizeOf = (track: Track): number => (identified(track) ? ((track.length_m ?? 0) >= 100 ? 9 : 7) : 8);

export function cloudMesh(cloud: Cloud, colours: ChartColours): Mesh {
  const ink = new Ink(cloud.count * 3 + 4096);
  // The more points, the fainter each: a cloud shows its thick and its thin, not a blot.
  const faint = Math.max(44, Math.min(160, Math.round(10_000 / Math.sqrt(cloud.count))));
  for (let i = 0; i < cloud.count; i++) {
    const state = cloud.states[i] as 0 | 1 | 2;
    if (state === 2) continue;
    const at: LonLat = [cloud.positions[2 * i]!, cloud.positions[2 * i + 1]!];
    ink.shape(at, dot, 0, state === 1 ? 2.6 : 2, colours.cloud[state], state === 1 ? 200 : faint);
  }
  contour(ink, cloud.contour90, 1.4, colours.contour);
  contour(ink, cloud.contour50, 2.6, colours.contour);
  return ink.mesh;
}

/** A closed line with a disc at each corner, so that wide lines have round joints. */
function contour(ink: Ink, rings: LonLat[][], width: number, colour: Colour): void {
  for (const ring of rings) {
    const closed = ring.length > 0 ? [...ring, ring[0]!] : ring;
    ink.line(closed, width, colour, 235);
    if (width > 2) for (const corner of ring) ink.shape(corner, discs.small, 0, width / 2, colour, 235);
  }
}
