/** Where each craft has been: a place a minute of the picture's time, the last half hour. */
import type { LonLat, Track } from '../api';

const EVERY_MS = 60_000;
const KEPT = 30;

interface Trail {
  places: LonLat[];
  last: number;
}

export class Trails {
  private readonly of = new Map<string, Trail>();

  /** Call with every change of the picture; after a jump in time nothing remembered holds. */
  take(tracks: readonly Track[], now: string): void {
    const time = Date.parse(now);
    for (const { id, at } of tracks) {
      const trail = this.of.get(id);
      if (!trail) this.of.set(id, { places: [at], last: time });
      else if (time - trail.last >= EVERY_MS) {
        trail.last = time;
        trail.places.push(at);
        if (trail.places.length > KEPT) trail.places.shift();
      }
    }
    if (this.of.size > tracks.length * 2 + 100) this.forget(new Set(tracks.map(({ id }) => id)));
  }

  clear(): void {
    this.of.clear();
  }

  /** Oldest first, to where it is now; nothing of one that has not moved on yet. */
  line({ id, at }: Track): LonLat[] {
    const places = this.of.get(id)?.places ?? [];
    return places.length === 0 ? [] : [...places, at];
  }

  private forget(present: Set<string>): void {
    for (const id of this.of.keys()) if (!present.has(id)) this.of.delete(id);
  }
}
