/** How a track is drawn: its identity by shape, its age by strength. */
import type { Track } from '../api';
import { secondsBetween } from '../format';

const STOPPED_MPS = 0.5;

export const identified = (track: Track): boolean => typeof track.mmsi === 'number';
export const moving = (track: Track): boolean => (track.speed_mps ?? 0) >= STOPPED_MPS;
export const heading = (track: Track): number | null =>
  track.heading_deg ?? (moving(track) ? (track.course_deg ?? null) : null);

export function iconOf(track: Track): string {
  const turned = heading(track) !== null;
  if (identified(track)) return turned ? 'ship' : 'stopped';
  return turned ? 'unknown-moving' : 'unknown';
}

/** A track pales as it ages: full when fresh, half after three minutes; coasting and tentative ones are paler still. */
export function opacityOf(track: Track, now: string): number {
  const faded = Math.max(0.5, 1 - secondsBetween(track.updated, now) / 360);
  return Math.round(255 * (track.state === 'confirmed' ? faded : 0.38));
}
