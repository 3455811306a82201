/** The forecast at one time, ready to draw. */
import type { Forecast, LonLat, Snapshot } from '../api';

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

/** The snapshot nearest in time; null where the forecast has none. */
export function snapshotAt(forecast: Forecast, time: number): Snapshot | null {
  let best: Snapshot | null = null;
  for (const snapshot of forecast.snapshots)
    if (!best || Math.abs(Date.parse(snapshot.time) - time) < Math.abs(Date.parse(best.time) - time)) best = snapshot;
  return best;
}

export function cloudOf(forecast: Forecast, snapshot: Snapshot): Cloud {
  const count = snapshot.points.length;
  const positions = new Float32Array(count * 2);
  const states = new Uint8Array(count);
  snapshot.points.forEach(([lon, lat, state], i) => {
    positions[2 * i] = lon;
    positions[2 * i + 1] = lat;
    states[i] = state;
  });
  return {
    id: `${forecast.id} ${snapshot.time}`,
    time: snapshot.time,
    count,
    positions,
    states,
    contour50: snapshot.contour50,
    contour90: snapshot.contour90,
  };
}

/** How many of the cloud's points are adrift, ashore and gone from the chart. */
export function tally(cloud: Cloud): [number, number, number] {
  const counts: [number, number, number] = [0, 0, 0];
  for (const state of cloud.states) counts[state as 0 | 1 | 2]++;
  return counts;
}
