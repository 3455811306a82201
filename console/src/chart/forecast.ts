/** The forecast at one time, ready to draw. */
import type { Forecast, LonLat } from '../api';

/** The cloud as flat arrays: 20,000 points go to the renderer without an object each. */
export interface Cloud {
  id: string;
  time: string;
  count: number;
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

/**
 * The cloud at a time within the forecast. Between two of the hours that the server keeps each point is on its straight way from
 * one to the other; the contours are the nearer hour's, carried as far as its points were on the whole.
 */
export function cloudAt(forecast: Forecast, time: number): Cloud {
  const { snapshots } = forecast;
  const near = snapshots[nearestHour(forecast, time)]!;
  const after = snapshots.find((snapshot) => Date.parse(snapshot.time) >= time) ?? near;
  const before = snapshots[Math.max(0, snapshots.indexOf(after) - 1)]!;
  const [from, to] = [Date.parse(before.time), Date.parse(after.time)];
  const share = to > from ? (time - from) / (to - from) : 1;
  const count = near.points.length;
  const positions = new Float32Array(count * 2);
  const states = new Uint8Array(count);
  const carried: LonLat = [0, 0];
  near.points.forEach((point, i) => {
    const [start, end] = [before.points[i]!, after.points[i]!];
    for (const axis of [0, 1] as const) {
      const value = start[axis] + share * (end[axis] - start[axis]);
      positions[2 * i + axis] = value;
      carried[axis] += (value - point[axis]) / count;
    }
    states[i] = point[2];
  });
  const carry = (rings: LonLat[][]) => rings.map((ring) => ring.map(([lon, lat]): LonLat => [lon + carried[0], lat + carried[1]]));
  return {
    id: `${forecast.id} ${time}`,
    time: new Date(time).toISOString(),
    count,
    positions,
    states,
    contour50: carry(near.contour50),
    contour90: carry(near.contour90),
  };
}

/** How many of the cloud's points are adrift, ashore and gone from the chart. */
export function tally(cloud: Cloud): [number, number, number] {
  const counts: [number, number, number] = [0, 0, 0];
  for (const state of cloud.states) counts[state as 0 | 1 | 2]++;
  return counts;
}
