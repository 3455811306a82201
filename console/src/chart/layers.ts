/** The meshes of the chart: marks, the forecast's cloud with its contours, the craft with their courses and ellipses. */
import type { LonLat, Mark, Track } from '../api';
import type { Partner } from '../partner';
import type { ChartColours, Colour } from '../palette';
import type { Cloud } from './forecast';
import { ahead, ellipseRing } from './geo';
import { Ink } from './ink';
import type { Mesh } from './ink';
import { discs, dot, heading, identified, markShape, moving, opacityOf, shapeOf } from './signs';

/**
 * @param ahead_min  length of the lines ahead; 0: none
 * @param trail      where it has been, oldest first
 */
export function craftMesh(tracks: Track[], now: string, selected: string | null, ahead_min: number, colours: ChartColours, trail: (track: Track) => LonLat[] = () => []): Mesh {
  const ink = new Ink(tracks.length * 14 + 4096);
  const signs: (() => void)[] = [];
  for (const track of tracks) {
    const chosen = track.id === selected;
    const known = identified(track);
    const colour = chosen ? colours.selected : known ? colours.ship : colours.unidentified;
    const alpha = chosen ? 255 : opacityOf(track, now);
    if (!known && track.ellipse) ink.line(ellipseRing(track.at, track.ellipse), 1.3, colour, Math.min(190, alpha));
    const been = trail(track);
    if (been.length > 1) ink.line(been, 1, colour, Math.min(110, alpha));
    if (ahead_min > 0 && moving(track) && typeof track.course_deg === 'number')
      ink.line([track.at, ahead(track.at, track.speed_mps!, track.course_deg, ahead_min * 60)], 1, colour, Math.min(150, alpha));
    // Craft lie above every line.
    signs.push(() => ink.shape(track.at, shapeOf(track), heading(track) ?? 0, sizeOf(track), colour, alpha));
  }
  for (const sign of signs) sign();
  return ink.mesh;
}

/** Half the length of its sign, in pixels. */
const sizeOf = (track: Track): number => (identified(track) ? ((track.length_m ?? 0) >= 100 ? 9 : 7) : 8);

const MARK_PX = 9;

/** One that is adrift of its charted place stands out. */
export function marksMesh(marks: Mark[], selected: string | null, colours: ChartColours): Mesh {
  const ink = new Ink(marks.length * 72 + 64);
  for (const mark of marks) {
    const colour = String(mark.mmsi) === selected ? colours.selected : mark.off_position ? colours.alert : colours.mark;
    ink.shape(mark.at!, markShape(mark), 0, MARK_PX, colour, 255);
  }
  return ink.mesh;
}

const THEIRS_PX = 6;

/** Craft that another centre's radars see: rings about nothing solid, so that none is taken for a contact of one's own. */
function partnersMesh(partners: Partner[], colours: ChartColours): Mesh {
  const ink = new Ink(4096);
  for (const { tracks } of partners)
    for (const { at, error_m, course_deg, speed_mps } of tracks) {
      const reach_m = Math.max(error_m ?? 0, 150);
      ink.line(ellipseRing(at, { major_m: reach_m, minor_m: reach_m, direction_deg: 0 }), 1.3, colours.unidentified, 130);
      if (course_deg !== null && speed_mps !== null && speed_mps > 0.5) ink.line([at, ahead(at, speed_mps, course_deg, 360)], 1, colours.unidentified, 110);
      ink.shape(at, dot, 0, THEIRS_PX / 2, colours.unidentified, 110);
    }
  return ink.mesh;
}

/** The same, made anew only when something changed. */
export class PartnersInk {
  private of: Partner[] | null = null;
  private by: ChartColours | null = null;
  private kept: Mesh = new Ink(1).mesh;

  mesh(partners: Partner[], colours: ChartColours): Mesh {
    if (this.of !== partners || this.by !== colours) this.kept = partnersMesh(partners, colours);
    this.of = partners;
    this.by = colours;
    return this.kept;
  }
}

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
