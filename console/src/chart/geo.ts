/** Screen and sea: the chart's own small geometry. A sphere and a local plane are exact enough to draw by. */
import type { Ellipse, LonLat } from '../api';

/** What the chart begins with: the strait from the South Falls to Dungeness. */
export const HOME: [LonLat, LonLat] = [
  [0.85, 50.55],
  [2.25, 51.38],
];

const EARTH_M = 6371000;
const RADIANS = Math.PI / 180;

/** The place so many metres east and north of another. Good to a pixel within some tens of kilometres. */
export function offset([lon, lat]: LonLat, east_m: number, north_m: number): LonLat {
  const degreesNorth = north_m / EARTH_M / RADIANS;
  return [lon + east_m / (EARTH_M * Math.cos(lat * RADIANS)) / RADIANS, lat + degreesNorth];
}

/** Great-circle distance in metres. */
export function distanceBetween(a: LonLat, b: LonLat): number {
  const north = ((b[1] - a[1]) * RADIANS) / 2;
  const east = ((b[0] - a[0]) * RADIANS) / 2;
  const h = Math.sin(north) ** 2 + Math.cos(a[1] * RADIANS) * Math.cos(b[1] * RADIANS) * Math.sin(east) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Degrees true at the start of the way to another place, 0 to 360. */
export function bearingBetween(a: LonLat, b: LonLat): number {
  const east = (b[0] - a[0]) * RADIANS;
  const [from, to] = [a[1] * RADIANS, b[1] * RADIANS];
  const angle = Math.atan2(Math.sin(east) * Math.cos(to), Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(east));
  return (angle / RADIANS + 360) % 360;
}

/** Lines ahead reach where a craft will be in so many minutes: six is a tenth of its speed in knots, in miles. 0: none. */
export const AHEAD_MINUTES = [6, 12, 30, 60, 0] as const;

/** Where something is after so many seconds on its course, or null where it has none. */
export function ahead(at: LonLat, speed_mps: number, course_deg: number, seconds: number): LonLat {
  const run = speed_mps * seconds;
  return offset(at, run * Math.sin(course_deg * RADIANS), run * Math.cos(course_deg * RADIANS));
}

/** The ring of an ellipse, closed. */
export function ellipseRing(at: LonLat, ellipse: Ellipse, corners = 48): LonLat[] {
  const direction = ellipse.direction_deg * RADIANS;
  return Array.from({ length: corners + 1 }, (_, i) => {
    const turn = (i / corners) * 2 * Math.PI;
    const along = ellipse.major_m * Math.cos(turn);
    const across = ellipse.minor_m * Math.sin(turn);
    return offset(
      at,
      along * Math.sin(direction) + across * Math.cos(direction),
      along * Math.cos(direction) - across * Math.sin(direction),
    );
  });
}

const northOf = (lat: number): number => Math.log(Math.tan(Math.PI / 4 + (lat * RADIANS) / 2));

/** The middle and zoom at which MapLibre shows the whole of a box, [west, south] and [east, north], in so many pixels. */
export function fitted([[west, south], [east, north]]: [LonLat, LonLat], width: number, height: number): { centre: LonLat; zoom: number } {
  const [below, above] = [northOf(south), northOf(north)];
  const zoom = Math.log2(Math.min(width / ((east - west) / 360), height / ((above - below) / (2 * Math.PI))) / 512);
  const middle = (2 * Math.atan(Math.exp((below + above) / 2)) - Math.PI / 2) / RADIANS;
  return { centre: [(west + east) / 2, middle], zoom };
}

/** Web Mercator as MapLibre draws it without pitch or bearing: pixels from the top left of the chart. */
export class Projection {
  private readonly scale: number;
  private readonly x0: number;
  private readonly y0: number;

  constructor(
    centre: LonLat,
    zoom: number,
    readonly width: number,
    readonly height: number,
  ) {
    this.scale = 512 * 2 ** zoom;
    this.x0 = this.worldX(centre[0]) - width / 2;
    this.y0 = this.worldY(centre[1]) - height / 2;
  }

  x(lon: number): number {
    return this.worldX(lon) - this.x0;
  }
  y(lat: number): number {
    return this.worldY(lat) - this.y0;
  }
  contains(x: number, y: number, margin = 0): boolean {
    return x >= -margin && y >= -margin && x <= this.width + margin && y <= this.height + margin;
  }

  private worldX(lon: number): number {
    return ((lon + 180) / 360) * this.scale;
  }
  private worldY(lat: number): number {
    return (0.5 - northOf(lat) / (2 * Math.PI)) * this.scale;
  }
}
