/** The chart: MapLibre below, deck.gl above. The heavy part of the console, loaded beside the first state. */
import { MapLibreOverlay } from '@deck.gl/maplibre';
import { css, html, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import maplibreCss from 'maplibre-gl/dist/maplibre-gl.css?inline';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Incident, LonLat, Mark, Track, Unit } from '../api';
import { incidentName, markName, trackName } from '../format';
import { chartColours } from '../palette';
import type { PaletteName } from '../palette';
import type { GuardArea } from '../guard';
import type { Shown } from '../layers';
import { Panel } from '../panels/panel';
import { select } from '../selection';
import type { Selection } from '../selection';
import type { Cloud } from './forecast';
import type { SearchOnChart } from '../search';
import { AHEAD_MINUTES, HOME, Projection } from './geo';
import { corners, placeLabels } from './labels';
import type { Placed, Side } from './labels';
import type { Mesh } from './ink';
import { InkLayer } from './ink-layer';
import { cloudMesh, craftMesh, marksMesh, PartnersInk } from './layers';
import { candidates } from './names';
import { identified } from './signs';
import type { Ruler, RulerEnd } from './ruler';
import { photograph } from './photograph';
import { pickAt } from './pick';
import { SearchInk, dragBoxes, handleAt } from './search';
import { chartStyle, layersOf, placesOf, recolour } from './style';
import { drawSymbols } from './symbols';
import { Trails } from './trails';
import { t } from '../i18n';

setWorkerUrl(workerUrl);

/** Nothing of other centres is shown. */
const NOBODY: never[] = [];
const EMPTY: Mesh = { bytes: new Uint8Array(0), vertices: 0 };
/** Names are set anew at most so often while nothing but ships move. */
const LABELS_EVERY_MS = 250;

@customElement('varne-chart')
export class VarneChart extends Panel {
  @property({ attribute: false }) selection: Selection = null;
  @property({ attribute: false }) cloud: Cloud | null = null;
  @property({ attribute: false }) search: SearchOnChart | null = null;
  @property() palette: PaletteName = 'day';
  /** Clicks lay the ruler instead of selecting. */
  @property({ type: Boolean }) ruling = false;
  /** Minutes that the lines ahead reach. */
  @property({ type: Number }) ahead: number = AHEAD_MINUTES[0];
  @property({ attribute: false }) shown: Shown = new Set();
  @property({ attribute: false }) guards: readonly GuardArea[] = [];
  /** Of the guard area that is being drawn: clicks add to them. Null while none is. */
  @property({ attribute: false }) corners: readonly LonLat[] | null = null;
  @property({ attribute: false }) geography!: Promise<GeoJSON.FeatureCollection>;

  private map: MapLibreMap | null = null;
  private overlay: MapLibreOverlay | null = null;
  private places: ReturnType<typeof placesOf> = [];
  private tracks: Track[] = [];
  private readonly trails = new Trails();
  private marks: Mark[] = [];
  private seen = { tracks: -1, marks: -1, units: -1, incidents: -1, resets: -1, chosen: '', shown: '' };
  private units: Unit[] = [];
  private incidents: Incident[] = [];
  private labels: Placed[] = [];
  private stood: ReadonlyMap<string, Side> = new Map();
  private labelledAt = 0;
  private labelTimer = 0;
  /** What has been drawn; and whether both have. */
  private readonly stands = { coast: false, craft: false };
  private drawn = false;
  private craftMesh = EMPTY;
  private craftMade = '';
  private marksMesh = EMPTY;
  private readonly partnersInk = new PartnersInk();
  private marksMade = '';
  private cloudMesh = EMPTY;
  private cloudMade = '';
  private readonly searchInk = new SearchInk();
  /** What lies on the chart; while `laying`, its far end follows the pointer. */
  private ruler: Ruler | null = null;
  private laying = false;

  static override styles = [
    unsafeCSS(maplibreCss),
    css`
      :host { display: block; position: relative; height: 100%; }
      #map { position: absolute; inset: 0; }
      #map:focus-within::after {
        content: ''; position: absolute; inset: 0; pointer-events: none; z-index: 2;
        outline: 2px solid var(--border-focus-color); outline-offset: -2px;
      }
      /* What Enter asks about. */
      #map:has(canvas:focus-visible)::before {
        content: '+'; position: absolute; z-index: 2; left: 50%; top: 50%; transform: translate(-50%, -50%);
        font: 24px/1 monospace; color: var(--ink); pointer-events: none;
      }
      canvas { outline: none; }
      #symbols { position: absolute; z-index: 3; inset: 0; width: 100%; height: 100%; pointer-events: none; }
    `,
  ];

  override render() {
    return html`<div id="map" role="application" aria-label=${t`Chart of the strait. Arrow keys move it, plus and minus zoom, Enter asks about its middle.`}></div>
      <canvas id="symbols" aria-hidden="true"></canvas>`;
  }

  override firstUpdated(): void {
    void this.begin();
  }

  private async begin(): Promise<void> {
    const geography = await this.geography;
    const colours = chartColours[this.palette];
    this.places = placesOf(geography);
    const map = new MapLibreMap({
      container: this.renderRoot.querySelector<HTMLElement>('#map')!,
      style: chartStyle(geography, colours),
      bounds: HOME,
      minZoom: 6,
      maxZoom: 16,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      renderWorldCopies: false,
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    this.overlay = new MapLibreOverlay({ interleaved: false, layers: [], onAfterRender: () => this.seen.tracks >= 0 && this.rendered('craft') });
    map.addControl(this.overlay);
    this.map = map;
    map.once('style.load', () => this.dress());
    map.on('move', () => this.moved());
    map.on('render', () => (this.drawSymbols(), map.loaded() && this.rendered('coast')));
    // Names are drawn again in the console's own typeface when it has come.
    void document.fonts.load('600 12px "Noto Sans"').then(() => this.drawSymbols());
    map.on('click', ({ point, lngLat }) => this.clicked(point, [lngLat.lng, lngLat.lat]));
    map.on('mousemove', ({ point, lngLat }) => this.pointed(point, [lngLat.lng, lngLat.lat]));
    map.getCanvas().addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      const { lng, lat } = map.getCenter();
      this.clicked({ x: this.clientWidth / 2, y: this.clientHeight / 2 }, [lng, lat]);
    });
    dragBoxes(map, (point) => handleAt(point, this.projection(), this.search), (box, to) =>
      this.dispatchEvent(new CustomEvent('varne-box-moved', { detail: { box, to }, bubbles: true })));
    const resized = new ResizeObserver(() => this.moved());
    resized.observe(this);
    this.moved();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (['palette', 'selection', 'shown', 'search'].some((name) => changed.has(name))) this.labelledAt = 0;
    if (changed.has('palette') || changed.has('shown')) this.dress();
    if (changed.has('ruling') && !this.ruling) this.lay(null, false);
  }

  override updated(): void {
    this.draw();
  }

  /** Where a place stands on the screen, in pixels from the chart's top left; for tests and for the keyboard. */
  screenOf(at: LonLat): { x: number; y: number } {
    const projection = this.projection();
    return { x: projection.x(at[0]), y: projection.y(at[1]) };
  }

  centreOn(at: LonLat): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.map?.easeTo({ center: at, zoom: Math.max(this.map.getZoom(), 10), animate: !still, duration: 500 });
  }

  /** Moves so that all these places are seen, and no nearer than a mile or two. */
  fit(places: LonLat[]): void {
    if (places.length === 0) return;
    const lons = places.map(([lon]) => lon);
    const lats = places.map(([, lat]) => lat);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.map?.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], {
      padding: Math.min(110, this.clientWidth / 4, this.clientHeight / 4), maxZoom: 11.5, animate: !still, duration: 500,
    });
  }

  focusMap(): void {
    this.map?.getCanvas().focus();
  }

  home(): void {
    this.map?.fitBounds(HOME, { animate: false });
  }

  /** The style's layers as palette and officer have them now. Before the style has come there are none: then it is done when it comes. */
  private dress(): void {
    const { map } = this;
    if (!map) return;
    recolour((layer, name, value) => { if (map.getLayer(layer)) map.setPaintProperty(layer, name as 'line-color', value); }, chartColours[this.palette]);
    for (const [layer, name] of layersOf) if (map.getLayer(layer)) map.setLayoutProperty(layer, 'visibility', this.shown.has(name) ? 'visible' : 'none');
  }

  /** The chart as it stands, as an image. */
  photograph(): Promise<Blob | null> {
    const canvas = (selector: string) => this.renderRoot.querySelector<HTMLCanvasElement>(selector);
    return this.map && this.overlay ? photograph(this.map, this.overlay, { deck: canvas('#deckgl-overlay'), symbols: canvas('#symbols')! }) : Promise.resolve(null);
  }

  private projection(): Projection {
    const map = this.map!;
    const { lng, lat } = map.getCenter();
    return new Projection([lng, lat], map.getZoom(), this.clientWidth, this.clientHeight);
  }

  private refreshArrays(): void {
    const { picture, seen } = this;
    const shown = [...this.shown].join(' ');
    if (seen.resets !== picture.resets) this.trails.clear();
    if (seen.tracks !== picture.tracksVersion) this.trails.take([...picture.tracks.values()], picture.now);
    if (seen.tracks !== picture.tracksVersion || seen.shown !== shown || seen.chosen !== (this.selection?.id ?? ''))
      this.tracks = [...picture.tracks.values()].filter((track) => track.id === this.selection?.id || this.shown.has(identified(track) ? 'ships' : 'unidentified'));
    if (seen.marks !== picture.marksVersion || seen.shown !== shown)
      this.marks = this.shown.has('marks') ? [...picture.marks.values()].filter((mark) => mark.at) : [];
    if (seen.units !== picture.unitsVersion) this.units = [...picture.units.values()].filter((unit) => unit.at);
    // Closed ones leave the chart; the list still leads to each.
    const chosen = this.selection?.id ?? '';
    if (seen.incidents !== picture.incidentsVersion || seen.chosen !== chosen)
      this.incidents = [...picture.incidents.values()].filter(({ at, open, id }) => at && (open || id === chosen));
    // After a jump in time no name from before may stand.
    if (seen.resets !== picture.resets) this.labelledAt = 0;
    this.seen = { tracks: picture.tracksVersion, marks: picture.marksVersion, units: picture.unitsVersion, incidents: picture.incidentsVersion, resets: picture.resets, chosen, shown };
  }

  private draw(): void {
    if (!this.map || !this.overlay || !this.picture.known) return;
    this.refreshArrays();
    this.drawCraft();
    this.drawMarks();
    this.drawCloud();
    const meshes = { marks: this.marksMesh, theirs: this.partnersInk.mesh(this.shown.has('unidentified') ? this.picture.partners : NOBODY, chartColours[this.palette]), cloud: this.cloudMesh, search: this.searchInk.mesh(this.search, chartColours[this.palette]), craft: this.craftMesh };
    this.overlay.setProps({ layers: Object.entries(meshes).map(([id, mesh]) => new InkLayer({ id, mesh })) });
    this.label();
    this.drawSymbols();
  }

  /** The craft's mesh is made anew when a track, the selection or the palette changed. */
  private drawCraft(): void {
    const selected = this.selection?.kind === 'track' ? this.selection.id : null;
    const ahead = this.shown.has('vectors') ? this.ahead : 0;
    const made = `${this.picture.tracksVersion} ${selected} ${ahead} ${this.seen.shown} ${this.palette}`;
    if (made === this.craftMade) return;
    this.craftMade = made;
    this.craftMesh = craftMesh(this.tracks, this.picture.now, selected, ahead, chartColours[this.palette], (track) => (this.shown.has('trails') || track.id === selected ? this.trails.line(track) : []));
  }

  private drawMarks(): void {
    const selected = this.selection?.kind === 'mark' ? this.selection.id : null;
    const made = `${this.picture.marksVersion} ${selected} ${this.seen.shown} ${this.palette}`;
    if (made === this.marksMade) return;
    this.marksMade = made;
    this.marksMesh = marksMesh(this.marks, selected, chartColours[this.palette]);
  }

  private drawCloud(): void {
    const made = this.cloud ? `${this.cloud.id} ${this.palette}` : '';
    if (made === this.cloudMade) return;
    this.cloudMade = made;
    this.cloudMesh = this.cloud ? cloudMesh(this.cloud, chartColours[this.palette]) : EMPTY;
  }

  private drawSymbols(): void {
    if (!this.map || !this.picture.known) return;
    drawSymbols(this.renderRoot.querySelector<HTMLCanvasElement>('#symbols')!, this.projection(), {
      units: this.units,
      incidents: this.incidents,
      labels: this.labels,
      selectedAt: this.selectedAt(),
      selected: this.selection?.kind === 'incident' ? this.selection.id : null,
      ruler: this.ruler,
      guards: this.guards,
      corners: this.corners,
      colours: chartColours[this.palette],
    });
  }

  /** Lays the ruler, or takes it up; the app says what it reads. */
  private lay(ruler: Ruler | null, laying: boolean): void {
    this.ruler = ruler;
    this.laying = laying;
    this.drawSymbols();
    this.dispatchEvent(new CustomEvent<Ruler | null>('varne-ruled', { detail: ruler }));
  }

  /** What the ruler is laid on: a craft or incident under the pointer, else the water. */
  private endOf(point: { x: number; y: number }, at: LonLat): RulerEnd {
    const { picture } = this;
    const picked = this.pick(point);
    if (picked?.kind === 'unit') {
      const unit = picture.units.get(picked.id)!;
      return { at: unit.at!, name: unit.name, speed_mps: unit.speed_mps ?? undefined };
    }
    const incident = picked?.kind === 'incident' ? picture.incidents.get(picked.id) : undefined;
    if (incident?.at) return { at: incident.at, name: incidentName(incident) };
    const mark = picked?.kind === 'mark' ? picture.marks.get(picked.id) : undefined;
    if (mark?.at) return { at: mark.at, name: markName(mark) };
    const track = picked?.kind === 'track' ? picture.tracks.get(picked.id) : undefined;
    return track ? { at: track.at, name: trackName(track) } : { at, name: '' };
  }

  private selectedAt(): LonLat | null {
    const { selection, picture } = this;
    if (!selection) return null;
    if (selection.kind === 'sea') return selection.at;
    const of = { incident: picture.incidents, track: picture.tracks, unit: picture.units, mark: picture.marks }[selection.kind];
    return of.get(selection.id)?.at ?? null;
  }

  private label(): void {
    const now = performance.now();
    const wait = this.labelledAt + LABELS_EVERY_MS - now;
    // The last news before a pause is named too.
    if (wait > 0) return this.later(wait, () => { this.label(); this.drawSymbols(); });
    clearTimeout(this.labelTimer);
    this.labelledAt = now;
    const projection = this.projection();
    const shown = candidates({
      now: this.picture.now,
      zoom: this.map!.getZoom(),
      tracks: this.tracks,
      marks: this.marks,
      units: this.units,
      incidents: this.incidents,
      places: this.places,
      boxes: this.search?.boxes ?? [],
      selected: this.selection?.id ?? null,
      colours: chartColours[this.palette],
    });
    const selectedAt = this.selectedAt();
    const marks = [
      ...(selectedAt ? [{ at: selectedAt, clear: 21 }] : []),
      ...this.incidents.map(({ at, open }) => ({ at: at!, clear: open ? 14 : 6 })),
      ...this.units.map(({ at }) => ({ at: at!, clear: 10 })),
      ...this.marks.map(({ at }) => ({ at: at!, clear: 9 })),
    ];
    this.labels = placeLabels(shown, marks, projection, this.stood, corners(projection, this.cloud !== null));
    this.stood = new Map(this.labels.map(({ key, side }) => [key, side]));
  }

  /** The camera moved: names are set anew when it has come to rest for a moment. */
  private moved(): void {
    this.later(80, () => { this.labelledAt = 0; this.draw(); });
    this.dispatchEvent(new CustomEvent('varne-moved', { detail: this.metresPerPixel() }));
  }

  private later(milliseconds: number, deed: () => void): void {
    clearTimeout(this.labelTimer);
    this.labelTimer = window.setTimeout(deed, milliseconds);
  }

  private metresPerPixel(): number {
    const { lat } = this.map!.getCenter();
    return (40075016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** this.map!.getZoom());
  }

  private pick({ x, y }: { x: number; y: number }): Selection {
    return pickAt(x, y, this.projection(), { incidents: this.incidents, units: this.units, tracks: this.tracks, marks: this.marks });
  }

  private clicked(point: { x: number; y: number }, at: LonLat): void {
    if (this.corners) return void this.dispatchEvent(new CustomEvent<LonLat[]>('varne-corners', { detail: [...this.corners, at] }));
    if (this.ruling) {
      const end = this.endOf(point, at);
      return this.ruler && this.laying ? this.lay({ from: this.ruler.from, to: end }, false) : this.lay({ from: end, to: end }, true);
    }
    if (handleAt(point, this.projection(), this.search) !== null) return;
    select(this, this.pick(point) ?? { kind: 'sea', id: at.join(' '), at });
  }

  private pointed(point: { x: number; y: number }, at: LonLat): void {
    this.map!.getCanvas().style.cursor = handleAt(point, this.projection(), this.search) !== null ? 'move' : this.pick(point) ? 'pointer' : 'crosshair';
    if (this.ruler && this.laying) this.lay({ from: this.ruler.from, to: this.endOf(point, at) }, true);
    this.dispatchEvent(new CustomEvent('varne-pointed', { detail: at }));
  }

  /** Coast and ships both drawn: the sketch that stood before may go. Marked once, for the bench. */
  private rendered(what: keyof VarneChart['stands']): void {
    this.stands[what] = true;
    if (this.drawn || !this.stands.coast || !this.stands.craft) return;
    this.drawn = true;
    // One chart is one stop of the Tab key: deck.gl's canvas above it hears no keys.
    this.renderRoot.querySelector('#deckgl-overlay')?.setAttribute('tabindex', '-1');
    this.setAttribute('drawn', '');
    performance.mark('varne-chart-drawn');
    this.dispatchEvent(new CustomEvent('varne-drawn', { bubbles: true, composed: true }));
  }
}
