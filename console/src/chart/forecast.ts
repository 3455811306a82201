/** The forecast at one time, ready to draw. */
import type { Forecast, LonLat } from '../api';

/** The cloud as flat arrays: 20,000 points go to the renderer without an object each. */
export interface Cloud {
  id: string;
  time: string;
  count: number;
  /** The middle of the points that are not beyond the known sea; null where none are left. */
  datum: LonLat | null;
  positions: Float32Array;
  /** 0 adrift, 1 ashore, 2 left */
  states: Uint8Array;
  contour50: LonLat[][];
  contour90: LonLat[][];
}

const MINUTE_MS = 60_000;

/** The whole minute that is shown for a time: within the forecast, which ends where it ends. Null where it has no hour at all. */
export function minuteShown({ snapshots }: Forecast, time: number): number | null {
  if (snapshots.length === 0) return null;
  const [first, last] = [Date.parse(snapshots[0]!.time), Date.parse(snapshots.at(-1)!.time)];
  return Math.min(last, Math.max(first, Math.floor(time / MINUTE_MS) * MINUTE_MS));
}

/** Which of the kept hours is nearest to a time. */
export function nearestHour({ snapshots }: Forecast, time: number): number {
  const off = snapshots.map((snapshot) => Math.abs(Date.parse(snapshot.time) - time));
  return off.indexOf(Math.min(...off));
}

/** Where the points lie on the whole along an axis, and how far they spread. */
function spread(values: number[]): { mean: number; width: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, width: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
}

/**
 * The cloud at a time within the forecast. Between two of the hours that the server keeps each point is on its straight way from
 * one to the other; the contours are the nearer hour's, carried and widened as its points are.
 */
export function cloudAt(forecast: Forecast, time: number): Cloud {
  const { snapshots } = forecast;
  const near = snapshots[nearestHour(forecast, time)]!;
  const after = snapshots.find((snapshot) => Date.parse(snapshot.time) >= time) ?? near;
  const before = snapshots[Math.max(0, snapshots.indexOf(after) - 1)]!;
  const [from, to] = [Date.parse(before.time), Date.parse(after.time)];
  const share = to > from ? (time - from) / (to - from) : 1;
  const along = (axis: 0 | 1) => near.points.map((_, i) => before.points[i]![axis] + share * (after.points[i]![axis] - before.points[i]![axis]));
  const places = [along(0), along(1)] as const;
  const moved = ([0, 1] as const).map((axis) => {
    const [was, is] = [spread(near.points.map((point) => point[axis])), spread(places[axis])];
    const wider = was.width > 0 ? is.width / was.width : 1;
    return (value: number) => is.mean + (value - was.mean) * wider;
  });
  const known = near.points.flatMap(([, , state], i) => (state === 2 ? [] : [i]));
  const middle = (axis: 0 | 1) => spread(known.map((i) => places[axis][i]!)).mean;
  const move = (rings: LonLat[][]) => (near.time === after.time && share === 1 ? rings : rings.map((ring) => ring.map(([lon, lat]): LonLat => [moved[0]!(lon), moved[1]!(lat)])));
  return {
    id: `${forecast.id} ${time}`,
    time: new Date(time).toISOString(),
    count: near.points.length,
    datum: known.length > 0 ? [middle(0), middle(1)] : null,
    positions: Float32Array.from(near.points.flatMap((_, i) => [places[0][i]!, places[1][i]!])),
    states: Uint8Array.from(near.points, ([, , state]) => state),
    contour50: move(near.contour50),
    contour90: move(near.contour90),
  };
}

/** How many of the cloud's points are adrift, ashore and gone from the chart. */
export function tally(cloud: Cloud): [number, number, number] {
  const counts: [number, number, number] = [0, 0, 0];
  for (const state of cloud.states) counts[state as 0 | 1 | 2]++;
  return counts;
}
