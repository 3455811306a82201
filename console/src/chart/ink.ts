/**
 * Everything that moves on the chart as plain triangles: arrows, dots and lines, built here and drawn in one go.
 *
 * deck.gl's own layers draw one instance a ship; a renderer in software (a virtual machine, a remote desk, the tests) pays
 * for every instance anew, and 10,000 of them take seconds. As one mesh they take milliseconds, and a graphics card does
 * not mind.
 */
import type { LonLat } from '../api';
import type { Colour } from '../palette';

/** Bytes a vertex: place and its low part (float32 × 4), shift in pixels (float32 × 2), colour (unorm8 × 4). */
export const STRIDE = 28;
const WORDS = STRIDE / 4;
const RADIANS = Math.PI / 180;

export interface Mesh {
  bytes: Uint8Array;
  vertices: number;
}

/** Triangles about a middle, x to the right and y up, the tip at y = 1: [x, y, …] three corners each. */
export type Shape = readonly number[];

export class Ink {
  private floats: Float32Array;
  private bytes: Uint8Array;
  private count = 0;

  constructor(vertices = 1024) {
    this.floats = new Float32Array(vertices * WORDS);
    this.bytes = new Uint8Array(this.floats.buffer);
  }

  get mesh(): Mesh {
    return { bytes: this.bytes.subarray(0, this.count * STRIDE), vertices: this.count };
  }

  /** A shape at a place, turned clockwise by degrees true, its tip so many pixels from its middle. */
  shape([lon, lat]: LonLat, shape: Shape, turn_deg: number, size: number, colour: Colour, alpha: number): void {
    const sine = Math.sin(turn_deg * RADIANS) * size;
    const cosine = Math.cos(turn_deg * RADIANS) * size;
    for (let i = 0; i < shape.length; i += 2) {
      const x = shape[i]!;
      const y = shape[i + 1]!;
      this.vertex(lon, lat, x * cosine + y * sine, y * cosine - x * sine, colour, alpha);
    }
  }

  /** A line through places, so many pixels wide. */
  line(path: LonLat[], width: number, colour: Colour, alpha: number): void {
    for (let i = 1; i < path.length; i++) this.segment(path[i - 1]!, path[i]!, width / 2, colour, alpha);
  }

  private segment(from: LonLat, to: LonLat, half: number, colour: Colour, alpha: number): void {
    const east = (to[0] - from[0]) * RADIANS;
    const north = mercator(to[1]) - mercator(from[1]);
    const length = Math.hypot(east, north);
    if (length === 0) return;
    const x = (-north / length) * half;
    const y = (east / length) * half;
    const corner = (at: LonLat, side: number) => this.vertex(at[0], at[1], x * side, y * side, colour, alpha);
    corner(from, 1);
    corner(from, -1);
    corner(to, 1);
    corner(to, 1);
    corner(from, -1);
    corner(to, -1);
  }

  /** One corner. The place is kept in two floats a number, so that it stands still at every zoom. */
  private vertex(lon: number, lat: number, x: number, y: number, colour: Colour, alpha: number): void {
    if ((this.count + 1) * WORDS > this.floats.length) this.grow();
    const word = this.count * WORDS;
    const { floats, bytes } = this;
    floats[word] = lon;
    floats[word + 1] = lat;
    floats[word + 2] = lon - Math.fround(lon);
    floats[word + 3] = lat - Math.fround(lat);
    floats[word + 4] = x;
    floats[word + 5] = y;
    const byte = this.count * STRIDE + 24;
    bytes[byte] = colour[0];
    bytes[byte + 1] = colour[1];
    bytes[byte + 2] = colour[2];
    bytes[byte + 3] = alpha;
    this.count++;
  }

  private grow(): void {
    const more = new Float32Array(this.floats.length * 2);
    more.set(this.floats);
    this.floats = more;
    this.bytes = new Uint8Array(more.buffer);
  }
}

const mercator = (lat: number): number => Math.log(Math.tan(Math.PI / 4 + (lat * RADIANS) / 2));
