/** What other centres' desks tell beside the incidents. */
import type { LonLat } from './api';

/** A craft that another centre's radars see near the line: theirs, and no track of this desk's. */
export interface PartnerTrack {
  id: string;
  at: LonLat;
  time: string;
  heard: string;
  course_deg: number | null;
  speed_mps: number | null;
  /** Longer half axis of what holds it in 95 of 100 cases. */
  error_m: number | null;
}

/** What the desk of another centre has told beside the incidents. */
export interface Partner {
  centre: string;
  tracks: PartnerTrack[];
  /** That it offers. */
  units: { unit: string; at: LonLat | null; text: string; heard: string; entry: number }[];
  /** That this centre offers it. */
  offered: string[];
}
