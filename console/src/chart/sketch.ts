/**
 * The first picture: coast, craft, units and incidents on a plain canvas, at the very places and in the very colours in which
 * the chart draws them. Where WebGL runs in software the chart needs a second until it stands, and an officer who has just
 * reloaded the page sees meanwhile where everybody is. It takes no clicks, writes no names, and goes when the chart is drawn
 * or somebody takes hold of it.
 */
import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LonLat } from '../api';
import type { Shown } from '../layers';
import { chartColours } from '../palette';
import type { ChartColours, PaletteName } from '../palette';
import { Panel } from '../panels/panel';
import { HOME, Projection, fitted } from './geo';
import { STRIDE } from './ink';
import type { Mesh } from './ink';
import { craftMesh } from './layers';
import { identified } from './signs';
import { extractOf } from './style';
import { drawSymbols } from './symbols';

/** A picture of so many corners and more would hold up the chart itself. */
const MOST_CORNERS = 60_000;

@customElement('varne-sketch')
export class VarneSketch extends Panel {
  @property({ attribute: false }) geography!: Promise<GeoJSON.FeatureCollection>;
  @property() palette: PaletteName = 'day';
  @property({ type: Number }) ahead = 0;
  @property({ attribute: false }) shown: Shown = new Set();

  @state() private map: GeoJSON.FeatureCollection | null = null;
  private stands = false;
  private readonly resized = new ResizeObserver(() => this.requestUpdate());

  static override styles = css`
    :host { position: absolute; inset: 0; z-index: 3; pointer-events: none; }
    canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
  `;

  override render() {
    return html`<canvas id="coast" aria-hidden="true"></canvas><canvas id="signs" aria-hidden="true"></canvas>`;
  }

  override firstUpdated(): void {
    this.geography.then((map) => (this.map = map), () => undefined);
    // The columns beside it are laid out as their styles come.
    this.resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  override updated(): void {
    const { map, picture, clientWidth: width, clientHeight: height } = this;
    if (!map || !picture.known || width === 0 || height === 0) return;
    const tracks = [...picture.tracks.values()].filter((track) => this.shown.has(identified(track) ? 'ships' : 'unidentified'));
    const colours = chartColours[this.palette];
    const craft = craftMesh(tracks, picture.now, null, this.shown.has('vectors') ? this.ahead : 0, colours);
    if (craft.vertices > MOST_CORNERS) return this.says();
    const { centre, zoom } = fitted(HOME, width, height);
    const projection = new Projection(centre, zoom, width, height);
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('#coast')!;
    const ratio = window.devicePixelRatio;
    [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    const context = canvas.getContext('2d')!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawCoast(context, projection, map, this.shown, colours);
    drawMesh(context, projection, craft);
    drawSymbols(this.renderRoot.querySelector<HTMLCanvasElement>('#signs')!, projection, {
      units: [...picture.units.values()].filter((unit) => unit.at),
      incidents: [...picture.incidents.values()].filter(({ at, open }) => at && open),
      labels: [], selectedAt: null, selected: null, ruler: null, guards: [], corners: null, colours,
    });
    this.says();
  }

  /** Told once, when it is on the screen. */
  private says(): void {
    if (this.stands) return;
    this.stands = true;
    requestAnimationFrame(() => setTimeout(() => {
      performance.mark('varne-first-picture');
      this.dispatchEvent(new CustomEvent('varne-sketched', { bubbles: true, composed: true }));
    }));
  }
}

function drawCoast(context: CanvasRenderingContext2D, projection: Projection, map: GeoJSON.FeatureCollection, shown: Shown, colours: ChartColours): void {
  /** Lines and rings, however deep they lie. */
  const walk = (part: unknown[]): void => {
    const [first] = part as unknown[][];
    if (!Array.isArray(first)) return;
    if (Array.isArray(first[0])) return part.forEach((each) => walk(each as unknown[]));
    (part as LonLat[]).forEach(([lon, lat], i) => context[i === 0 ? 'moveTo' : 'lineTo'](projection.x(lon), projection.y(lat)));
  };
  const trace = (wanted: (properties: GeoJSON.GeoJsonProperties, geometry: GeoJSON.Geometry) => boolean, { features }: GeoJSON.FeatureCollection = map) => {
    context.beginPath();
    for (const { geometry, properties } of features) {
      if (wanted(properties, geometry) && 'coordinates' in geometry) walk(geometry.coordinates);
    }
  };
  const of = (layer: string) => (properties: GeoJSON.GeoJsonProperties) => properties?.layer === layer;
  const fill = (colour: string, alpha = 1) => {
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    context.fill('evenodd');
    context.globalAlpha = 1;
  };
  const stroke = (colour: string, width: number, alpha = 1, dashes: number[] = []) => {
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(dashes.map((dash) => dash * width));
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  };
  context.fillStyle = colours.unknown;
  context.fillRect(0, 0, projection.width, projection.height);
  trace(() => true, extractOf(map));
  fill(colours.sea);
  stroke(colours.coast, 1, 1, [2, 3]);
  if (shown.has('lanes')) {
    trace((properties, { type }) => of('lane')(properties) && type === 'Polygon');
    fill(colours.lane, 0.35);
    trace(of('lane'));
    stroke(colours.lane, 7, 0.45);
  }
  trace(of('land'));
  fill(colours.land);
  stroke(colours.coast, 1);
  if (!shown.has('limits')) return;
  for (const [start, colour, width, dashes] of [['EEZ', colours.boundary, 1.2, [6, 2, 1, 2]], ['territorial', colours.boundary, 1, [5, 3]], ['search', colours.rescueRegion, 1.6, [2, 2]]] as const) {
    trace((properties) => of('line')(properties) && String(properties?.feature ?? '').startsWith(start));
    stroke(colour, width, 1, [...dashes]);
  }
}

/** The triangles that the chart's own renderer gets: those of one colour are filled together. */
function drawMesh(context: CanvasRenderingContext2D, projection: Projection, { bytes, vertices }: Mesh): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const corner = (i: number): LonLat => {
    const at = i * STRIDE;
    const number = (word: number) => view.getFloat32(at + 4 * word, true);
    return [projection.x(number(0) + number(2)) + number(4), projection.y(number(1) + number(3)) - number(5)];
  };
  let colour = -1;
  for (let i = 0; i + 2 < vertices; i += 3) {
    const own = view.getUint32(i * STRIDE + 24, false);
    if (own !== colour) {
      if (colour >= 0) context.fill();
      colour = own;
      context.beginPath();
      context.fillStyle = `rgb(${own >>> 24} ${(own >>> 16) & 255} ${(own >>> 8) & 255} / ${(own & 255) / 255})`;
    }
    context.moveTo(...corner(i));
    context.lineTo(...corner(i + 1));
    context.lineTo(...corner(i + 2));
  }
  if (colour >= 0) context.fill();
}
