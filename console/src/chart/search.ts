/** A search on the chart: boxes with a handle to drag each by, and patterns. */
import type { Map as MapLibreMap, MapMouseEvent, MapTouchEvent } from 'maplibre-gl';
import type { LonLat } from '../api';
import type { ChartColours } from '../palette';
import type { SearchOnChart } from '../search';
import type { Projection } from './geo';
import { Ink } from './ink';
import type { Mesh } from './ink';
import { discs } from './signs';

const HANDLE_PX = 6;
/** A finger is wider than a pointer. */
const REACH_PX = 14;

/** Its mesh, made anew only for another search or palette. */
export class SearchInk {
  private made: Mesh = new Ink(1).mesh;
  private of: unknown = null;
  private by: unknown = null;

  mesh(search: SearchOnChart | null, colours: ChartColours): Mesh {
    if (search === this.of && colours === this.by) return this.made;
    [this.of, this.by] = [search, colours];
    const ink = new Ink(4096);
    for (const way of search?.ways ?? []) ink.line(way, 1.2, colours.search, 170);
    for (const { ring, centre } of search?.boxes ?? []) {
      ink.line(ring, 2.4, colours.search, 255);
      ink.shape(centre, discs.small, 0, HANDLE_PX, colours.search, 255);
    }
    return (this.made = ink.mesh);
  }
}

/** The box whose handle is there, or null. */
export function handleAt({ x, y }: { x: number; y: number }, projection: Projection, search: SearchOnChart | null): number | null {
  const near = (search?.boxes ?? []).map(({ centre }) => Math.hypot(projection.x(centre[0]) - x, projection.y(centre[1]) - y));
  const nearest = near.indexOf(Math.min(...near));
  return nearest >= 0 && near[nearest]! <= REACH_PX ? nearest : null;
}

/**
 * Lets a box be dragged by its handle, by pointer or finger.
 * @param held   the box whose handle is at a point of the chart
 * @param moved  its middle was dragged to a place
 */
export function dragBoxes(map: MapLibreMap, held: (point: { x: number; y: number }) => number | null, moved: (box: number, to: LonLat) => void): void {
  let box: number | null = null;
  const begin = (event: MapMouseEvent | MapTouchEvent) => {
    box = held(event.point);
    // The chart stays where it is while a box moves.
    if (box !== null) event.preventDefault();
  };
  const move = ({ lngLat }: MapMouseEvent | MapTouchEvent) => box !== null && moved(box, [lngLat.lng, lngLat.lat]);
  const end = () => (box = null);
  map.on('mousedown', begin);
  map.on('touchstart', begin);
  map.on('mousemove', move);
  map.on('touchmove', move);
  for (const over of ['mouseup', 'touchend', 'touchcancel'] as const) map.on(over, end);
}
