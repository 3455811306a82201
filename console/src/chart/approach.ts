/** How near two craft come that hold their course and speed. Arithmetic on what the picture says, and no more. */
import type { LonLat, Track } from '../api';
import { distanceBetween } from './geo';

export interface Approach {
  track: Track;
  /** Seconds from now until they are nearest, above 0. */
  tcpa_s: number;
  /** Metres between them then. */
  cpa_m: number;
}

const METRES_A_DEGREE = 111_195;

interface Moving {
  at: LonLat;
  speed_mps?: number | null;
  course_deg?: number | null;
}

function velocity({ speed_mps, course_deg }: Moving): [number, number] {
  const turn = ((course_deg ?? 0) * Math.PI) / 180;
  return [(speed_mps ?? 0) * Math.sin(turn), (speed_mps ?? 0) * Math.cos(turn)];
}

/** When and how near, on a plane; null where they draw apart or keep their distance. */
export function approach(one: Moving, other: Moving): { tcpa_s: number; cpa_m: number } | null {
  const east = (other.at[0] - one.at[0]) * METRES_A_DEGREE * Math.cos((one.at[1] * Math.PI) / 180);
  const north = (other.at[1] - one.at[1]) * METRES_A_DEGREE;
  const [a, b] = [velocity(one), velocity(other)];
  const [u, v] = [b[0] - a[0], b[1] - a[1]];
  const tcpa_s = -(east * u + north * v) / (u * u + v * v);
  return tcpa_s > 0 && Number.isFinite(tcpa_s) ? { tcpa_s, cpa_m: Math.hypot(east + u * tcpa_s, north + v * tcpa_s) } : null;
}

/** The craft that come within so many metres in so many seconds, the soonest first. */
export function approaches(of: Track, tracks: Iterable<Track>, within_m: number, within_s: number): Approach[] {
  const found: Approach[] = [];
  for (const track of tracks) {
    // Nothing that is farther off than both can run in that time needs a closer look.
    if (track.id === of.id || distanceBetween(of.at, track.at) > within_m + within_s * ((of.speed_mps ?? 0) + (track.speed_mps ?? 0))) continue;
    const nearest = approach(of, track);
    if (nearest && nearest.tcpa_s <= within_s && nearest.cpa_m <= within_m) found.push({ track, ...nearest });
  }
  return found.sort((a, b) => a.tcpa_s - b.tcpa_s);
}
