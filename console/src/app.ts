/**
 * The console: read this first. It shows what the server says and asks for what the officer wants, and decides nothing.
 *
 *   link.ts ──frames──> picture.ts ──> the panels (panels/) and the chart (chart/, loaded beside the first state)
 *
 * What is selected, which palette, which time the forecast is looked at: that is all the state of the console's own.
 */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { LitElement, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api } from './api';
import type { Forecast, Frame, LonLat } from './api';
import { appStyles } from './app-styles';
import type { VarneChart } from './chart/chart';
import { cloudOf, snapshotAt } from './chart/forecast';
import type { Cloud } from './chart/forecast';
import { age, clock, incidentName } from './format';
import { shortcutOf } from './keys';
import type { KeyName } from './keys';
import { Link } from './link';
import { applyPalette, rememberedPalette } from './palette';
import './panels/attention';
import './panels/feed';
import './panels/feeds';
import './panels/find';
import './panels/incident';
import './panels/incidents';
import { wanted } from './panels/order';
import './panels/people';
import './panels/place';
import './panels/scale';
import './panels/timeline';
import type { VarneTimeline } from './panels/timeline';
import './panels/track';
import { Picture } from './picture';
import { same } from './selection';
import type { Selection } from './selection';

@customElement('varne-app')
export class VarneApp extends LitElement {
  private readonly picture = new Picture();
  private readonly geography = api.map();

  @state() private selection: Selection = null;
  @state() private palette = rememberedPalette();
  @state() private lostAt: number | null = null;
  @state() private chartTrouble = '';
  /** Where the slider is held, and where the officer looks ahead; null: the picture's own time. */
  @state() private preview: number | null = null;
  @state() private ahead: number | null = null;
  @state() private forecast: Forecast | null = null;
  @state() private announced = '';
  @state() private metresPerPixel = 0;
  @state() private pointer: LonLat | null = null;

  private cloud: Cloud | null = null;
  private fitDue = false;
  private forecastKey = '';
  private known = new Set<string>();
  private frameDue = false;

  static override styles = appStyles;

  override connectedCallback(): void {
    super.connectedCallback();
    new Link({ frame: (frame) => this.take(frame), connection: (lostAt) => (this.lostAt = lostAt) }).open();
    import('./chart/chart').catch(() => (this.chartTrouble = 'The chart could not be loaded. Reload the page.'));
    window.addEventListener('keydown', (event) => this.pressed(event));
    this.addEventListener('varne-select', (event) => this.choose(event as CustomEvent<{ selection: Selection; centre: boolean }>));
    this.addEventListener('varne-preview', (event) => (this.preview = (event as CustomEvent<number | null>).detail));
    this.addEventListener('varne-ahead', (event) => (this.ahead = (event as CustomEvent<number | null>).detail));
    // While the connection is lost, the banner's age goes on.
    setInterval(() => this.lostAt !== null && this.requestUpdate(), 1000);
  }

  /** Many frames may come between two pictures on the screen: one redraw serves them all. */
  private take(frame: Frame): void {
    const whole = frame.type === 'hello' || frame.type === 'reset';
    this.picture.apply(frame);
    this.announce(whole);
    if (this.frameDue) return;
    this.frameDue = true;
    requestAnimationFrame(() => {
      this.frameDue = false;
      this.requestUpdate();
    });
  }

  /** New incidents are said aloud to a screen reader; those of a whole new picture are not news. */
  private announce(whole: boolean): void {
    if (whole) this.known = new Set(this.picture.incidents.keys());
    for (const incident of this.picture.incidents.values()) {
      if (this.known.has(incident.id)) continue;
      this.known.add(incident.id);
      this.announced = `New incident ${incidentName(incident)}, ${incident.phase}.`;
    }
  }

  private choose({ detail }: CustomEvent<{ selection: Selection; centre: boolean }>): void {
    if (!same(detail.selection, this.selection)) this.ahead = null;
    this.selection = detail.selection;
    if (detail.centre) this.bring();
  }

  /** To what was just selected: at once to its place, and to the whole of its forecast when that is here. */
  private bring(): void {
    this.centre();
    this.fitDue = this.selection?.kind === 'incident';
  }

  private centre(): void {
    const { selection, picture } = this;
    if (!selection) return;
    const at =
      selection.kind === 'sea'
        ? selection.at
        : { incident: picture.incidents, track: picture.tracks, unit: picture.units }[selection.kind].get(selection.id)?.at;
    if (at) this.chart?.centreOn(at);
  }

  override willUpdate(): void {
    this.followForecast();
    const time = this.preview ?? this.ahead ?? Date.parse(this.picture.now);
    const snapshot = this.forecast && snapshotAt(this.forecast, time);
    if (!this.forecast || !snapshot) this.cloud = null;
    else if (this.cloud?.id !== `${this.forecast.id} ${snapshot.time}`) this.cloud = cloudOf(this.forecast, snapshot);
  }

  override updated(): void {
    const { exercise, title } = this.picture;
    document.title = [exercise ? 'EXERCISE' : '', title, 'Varne'].filter(Boolean).join(' · ');
    if (!this.fitDue || !this.cloud || this.forecast?.incident !== this.selection?.id) return;
    this.fitDue = false;
    const at = this.picture.incidents.get(this.selection!.id)?.at;
    this.chart?.fit([...this.cloud.contour90.flat(), ...(at ? [at] : [])]);
  }

  /** The selected incident's forecast is fetched when there is a new one. */
  private followForecast(): void {
    const { selection, picture } = this;
    const incident = selection?.kind === 'incident' ? picture.incidents.get(selection.id) : undefined;
    const key = incident?.forecast ? `${incident.id} ${incident.forecast} ${picture.resets}` : '';
    if (key === this.forecastKey) return;
    this.forecastKey = key;
    // The old cloud stays until the new one is here, unless it is another incident's.
    if (this.forecast?.incident !== incident?.id || !key) this.forecast = null;
    if (!incident || !key) return;
    api.forecast(incident.id).then(
      (forecast) => { if (this.forecastKey === key) this.forecast = forecast; },
      (error: Error) => { if (this.forecastKey === key) this.announced = error.message; },
    );
  }

  override render() {
    const { picture, selection } = this;
    return html`
      <header class="top">
        <h1>Varne</h1>
        <span class="title">${picture.title}</span>
        <varne-find .picture=${picture}></varne-find>
        <span class="clock" aria-label="Time of the picture">${clock(picture.now)} <small>UTC</small></span>
        <obc-button @click=${() => void this.openReport()}>New report</obc-button>
        <obc-button variant="flat" aria-pressed=${this.palette === 'night'} @click=${() => this.turnPalette()}>
          ${this.palette === 'night' ? 'Day' : 'Night'}
        </obc-button>
        <obc-button variant="flat" @click=${() => void this.openHelp()}>Keys</obc-button>
      </header>
      ${picture.exercise
        ? html`<div class="exercise" role="note"><b>EXERCISE</b> <span>${picture.notice.replace(/^EXERCISE\W*/, '')}</span></div>`
        : nothing}
      ${this.lostAt !== null ? this.lostBanner(this.lostAt) : picture.trouble ? html`<div class="lost" role="alert"><b>The server has trouble</b> ${picture.trouble}</div>` : nothing}
      <varne-attention .picture=${picture} .frame=${picture.frames}></varne-attention>
      <aside class="left" aria-label="Incidents, people and feeds">
        <varne-incidents .picture=${picture} .frame=${picture.frames} .selection=${selection}></varne-incidents>
        <varne-people .people=${picture.people}></varne-people>
        ${picture.feeds.length > 0 ? html`<varne-feeds .feeds=${picture.feeds} .now=${picture.now}></varne-feeds>` : nothing}
      </aside>
      <main aria-label="Chart">
        ${this.chartTrouble ? html`<p class="trouble" role="alert">${this.chartTrouble}</p>` : nothing}
        <varne-chart
          .picture=${picture} .frame=${picture.frames} .selection=${selection} .cloud=${this.cloud} .palette=${this.palette} .geography=${this.geography}
          @varne-moved=${(event: CustomEvent<number>) => (this.metresPerPixel = event.detail)}
          @varne-pointed=${(event: CustomEvent<LonLat>) => (this.pointer = event.detail)}
        ></varne-chart>
        <varne-scale .metresPerPixel=${this.metresPerPixel} .pointer=${this.pointer}></varne-scale>
        ${this.cloud ? html`<div class="forecast-time">${this.forecastWords(this.cloud.time)}</div>` : nothing}
      </main>
      <aside class="right" aria-label="Details and record">
        ${selection ? this.details(selection) : nothing}
        <varne-feed .picture=${picture} .frame=${picture.frames}></varne-feed>
      </aside>
      <footer><varne-timeline .picture=${picture} .frame=${picture.frames}></varne-timeline></footer>
      <div class="unseen" aria-live="assertive">${this.announced}</div>
    `;
  }

  private forecastWords(time: string): string {
    const incident = this.picture.incidents.get(this.forecast?.incident ?? '');
    return `Forecast for ${clock(time, false)} UTC, ${incident ? incidentName(incident) : ''}`;
  }

  private lostBanner(lostAt: number) {
    return html`<div class="lost" role="alert">
      <b>Connection lost</b>
      ${this.picture.known
        ? `The picture is as it was at ${clock(this.picture.now)} UTC, ${age((Date.now() - lostAt) / 1000)} ago. Trying again.`
        : 'There is no picture yet. Trying again.'}
    </div>`;
  }

  private details(selection: NonNullable<Selection>) {
    const { picture } = this;
    const part = {
      incident: () => html`<varne-incident
        .picture=${picture} .frame=${picture.frames} .incident=${selection.id} .forecast=${this.forecast} .cloud=${this.cloud} .ahead=${this.ahead}
      ></varne-incident>`,
      track: () => html`<varne-track .picture=${picture} .frame=${picture.frames} .track=${selection.id}></varne-track>`,
      unit: () => html`<varne-unit .picture=${picture} .frame=${picture.frames} .unit=${selection.id}></varne-unit>`,
      sea: () => html`<varne-sea .at=${selection.kind === 'sea' ? selection.at : [0, 0]} .now=${picture.now}></varne-sea>`,
    }[selection.kind];
    const words = { incident: 'Incident', track: 'Track', unit: 'Unit', sea: 'The sea here' }[selection.kind];
    return html`<section class="details" aria-label=${words}>
      <div class="details-head">
        <h2>${words}</h2>
        <obc-button variant="flat" @click=${() => (this.selection = null)}>Close</obc-button>
      </div>
      <div class="details-body" id="details" tabindex="0">${part()}</div>
    </section>`;
  }

  private get chart(): VarneChart | null {
    return this.renderRoot.querySelector('varne-chart');
  }

  private panel<T extends HTMLElement>(selector: string): T | null {
    return this.renderRoot.querySelector<T>(selector);
  }

  private turnPalette(): void {
    this.palette = this.palette === 'night' ? 'day' : 'night';
    applyPalette(this.palette);
  }

  private async openReport(): Promise<void> {
    const { VarneReport } = await import('./panels/report');
    const form = this.renderRoot.querySelector<InstanceType<typeof VarneReport>>('varne-report') ?? new VarneReport();
    form.picture = this.picture;
    form.at = this.selection?.kind === 'sea' ? this.selection.at : null;
    this.renderRoot.append(form);
    await form.updateComplete;
    form.show();
  }

  private async openHelp(): Promise<void> {
    const { VarneHelp } = await import('./panels/help');
    const help = this.renderRoot.querySelector<InstanceType<typeof VarneHelp>>('varne-help') ?? new VarneHelp();
    this.renderRoot.append(help);
    await help.updateComplete;
    help.show();
  }

  private pressed(event: KeyboardEvent): void {
    const key = shortcutOf(event);
    if (!key) return;
    event.preventDefault();
    const timeline = this.panel<VarneTimeline>('varne-timeline');
    const deeds: Record<KeyName, () => unknown> = {
      '/': () => this.panel('varne-find')?.focus(),
      i: () => this.panel('varne-incidents')?.focus(),
      n: () => this.stepIncident(1),
      p: () => this.stepIncident(-1),
      d: () => this.panel('#details')?.focus(),
      f: () => this.panel('varne-feed')?.focus(),
      m: () => this.chart?.focusMap(),
      c: () => this.centre(),
      h: () => this.chart?.home(),
      ' ': () => this.picture.mode === 'replay' && timeline?.wish({ playing: !this.picture.playing }),
      ',': () => timeline?.faster(-1),
      '.': () => timeline?.faster(1),
      r: () => this.openReport(),
      w: () => this.turnPalette(),
      Escape: () => (this.selection = null),
      '?': () => this.openHelp(),
    };
    deeds[key]();
  }

  /** Walks the open incidents in the order of the list. */
  private stepIncident(step: 1 | -1): void {
    const open = wanted([...this.picture.incidents.values()].filter((incident) => incident.open));
    if (open.length === 0) return;
    const here = this.selection?.kind === 'incident' ? open.indexOf(this.selection.id) : -1;
    const next = here < 0 ? (step > 0 ? 0 : open.length - 1) : (here + step + open.length) % open.length;
    this.selection = { kind: 'incident', id: open[next]! };
    this.ahead = null;
    this.bring();
  }
}
