/** How a feed of a live desk stands. */
export interface Feed {
  feed: string;
  address: string;
  up: boolean;
  state: string;
  last_heard?: string;
  /** When a line of it last said something. */
  last_told?: string;
  silent_since?: string;
  lines_per_s: number;
  taken: number;
  refused: number;
  reasons?: Record<string, number>;
  /** Lines of another kind. */
  other: number;
  /** Messages of which a part never came. */
  lost_parts: number;
  dropped: number;
  clock_offset_s?: number;
  trouble?: string;
}
