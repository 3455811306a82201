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
import type { Frame, LonLat } from './api';
import type { Alarm } from './alarms';
import { banners, captainPage, details, forecastTime, whoSits } from './app-parts';
import { appStyles } from './app-styles';
import type { VarneChart } from './chart/chart';
import './chart/sketch';
import { rulerWords } from './chart/ruler';
import type { Ruler } from './chart/ruler';
import { AHEAD_MINUTES } from './chart/geo';
import { openAct, openHelp, openReport } from './dialogs';
import { ForecastWatch } from './forecast-watch';
import { clock, incidentName, phaseName } from './format';
import { keepGuards, rememberedGuards } from './guard';
import type { GuardArea } from './guard';
import { shortcutOf } from './keys';
import type { KeyName } from './keys';
import { rememberedLayers } from './layers';
import type { Shown } from './layers';
import { Link } from './link';
import { mayNot } from './me';
import { applyPalette, rememberedPalette } from './palette';
import './panels/alarms';
import './panels/feed';
import type { VarneFeed } from './panels/feed';
import './panels/feeds';
import './panels/find';
import './panels/incident';
import './panels/incidents';
import type { Act } from './panels/deeds';
import { wanted } from './panels/order';
import './panels/partners';
import './panels/people';
import './panels/place';
import './panels/scale';
import './panels/timeline';
import type { VarneTimeline } from './panels/timeline';
import './panels/tools';
import './panels/track';
import { Picture } from './picture';
import { Searching } from './searching';
import { same } from './selection';
import type { Selection } from './selection';
import { Session } from './session';
import type { Starting } from './starting';
import { spoken, t } from './i18n';

const HIDDEN_REDRAW_MS = 250;
const CHART_AT_LATEST_MS = 1000;
/** Keys that mean something while the watch hand-over lies over the page. */
const OVER_ALL: KeyName[] = ['Escape', 'o', 'w', '?'];
/** One column, as app-styles.ts has it. */
const narrow = (): boolean => matchMedia('(max-width: 760px)').matches;

@customElement('varne-app')
export class VarneApp extends LitElement {
  private readonly picture = new Picture();
  private readonly geography = api.map();
  private readonly searching: Searching = new Searching(this, this.picture);
  private readonly session = new Session(this);
  private readonly watch = new ForecastWatch(this, (words) => (this.announced = words));

  @state() private selection: Selection = null;
  @state() private palette = rememberedPalette();
  @state() private lostAt: number | null = null;
  @state() private starting: Starting | null = null;
  @state() private chartTrouble = '';
  /** Until the chart stands. */
  @state() private sketching = true;
  /** A captain who looks at the whole picture. */
  @state() private whole = false;
  @state() private announced = '';
  /** Those that are open. */
  private alarms: Alarm[] = [];
  @state() private metresPerPixel = 0;
  @state() private pointer: LonLat | null = null;
  @state() private ruling = false;
  @state() private ruler: Ruler | null = null;
  @state() private shown: Shown = rememberedLayers();
  @state() private aheadMinutes: number = AHEAD_MINUTES[0];
  @state() private guards: GuardArea[] = rememberedGuards();
  /** Corners of the guard area that is being drawn. */
  @state() private corners: LonLat[] | null = null;
  /** The watch hand-over lies over the page. */
  @state() private watchEnds = false;

  private fitDue = false;
  private known = new Set<string>();
  private frameDue = false;

  static override styles = appStyles;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.session.ask();
    new Link({ frame: (frame) => this.take(frame), connection: (lostAt, starting) => this.connection(lostAt, starting) }).open();
    // While the chart makes itself ready nothing else is drawn: the sketch goes first, where there is a picture by then.
    const chart = () => void import('./chart/chart').catch(() => (this.chartTrouble = t`The chart could not be loaded. Reload the page.`));
    this.addEventListener('varne-sketched', chart, { once: true });
    setTimeout(chart, CHART_AT_LATEST_MS);
    // Whoever takes hold of the chart wants the chart, however long it takes to stand.
    for (const touch of ['varne-drawn', 'pointerdown', 'wheel', 'keydown']) this.addEventListener(touch, () => (this.sketching = false), { passive: true });
    document.addEventListener('visibilitychange', this.redraw);
    window.addEventListener('keydown', (event) => this.pressed(event));
    this.addEventListener('varne-select', (event) => this.choose(event as CustomEvent<{ selection: Selection; centre: boolean }>));
    this.addEventListener('varne-act', (event) => void openAct(this.root, this.picture, (event as CustomEvent<Act>).detail));
    this.addEventListener('varne-entry', (event) => void this.panel<VarneFeed>('varne-feed')?.show((event as CustomEvent<number>).detail));
    this.addEventListener('varne-preview', (event) => this.watch.look({ preview: (event as CustomEvent<number | null>).detail }));
    this.addEventListener('varne-ahead', (event) => this.watch.look({ ahead: (event as CustomEvent<number | null>).detail }));
    this.addEventListener('varne-guards', (event) => keepGuards((this.guards = (event as CustomEvent<GuardArea[]>).detail)));
    this.addEventListener('varne-corners', (event) => this.draw((event as CustomEvent<LonLat[] | null>).detail));
    // While the connection is lost, the banner's age goes on.
    setInterval(() => this.lostAt !== null && this.requestUpdate(), 1000);
  }

  private connection(lostAt: number | null, starting: Starting | null): void {
    if (lostAt !== null && this.lostAt === null) this.session.connectionLost();
    this.lostAt = lostAt;
    this.starting = starting;
  }

  /** Many frames may come between two pictures on the screen: one redraw serves them all. */
  private take(frame: Frame): void {
    const whole = frame.type === 'hello' || frame.type === 'reset';
    this.picture.apply(frame);
    this.announce(whole);
    if (this.frameDue) return;
    this.frameDue = true;
    // A hidden page has no pictures on the screen, and its alarms are heard all the same.
    if (document.hidden) setTimeout(this.redraw, HIDDEN_REDRAW_MS);
    else requestAnimationFrame(this.redraw);
  }

  private readonly redraw = (): void => {
    this.frameDue = false;
    this.requestUpdate();
  };

  /** New incidents are said aloud to a screen reader; those of a whole new picture are not news. */
  private announce(whole: boolean): void {
    if (whole) this.known = new Set(this.picture.incidents.keys());
    for (const incident of this.picture.incidents.values()) {
      if (this.known.has(incident.id)) continue;
      this.known.add(incident.id);
      this.announced = t`New incident ${incidentName(incident)}, ${phaseName(incident.phase)}.`;
    }
  }

  private choose({ detail }: CustomEvent<{ selection: Selection; centre: boolean }>): void {
    if (!same(detail.selection, this.selection)) this.watch.ahead = null;
    this.selection = detail.selection;
    void this.updateComplete.then(() => narrow() && this.panel('.details')?.scrollIntoView({ block: 'nearest' }));
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
        : { incident: picture.incidents, track: picture.tracks, unit: picture.units, mark: picture.marks }[selection.kind].get(selection.id)?.at;
    if (at) this.chart?.centreOn(at);
  }

  override willUpdate(): void {
    this.watch.follow(this.picture, this.selection);
  }

  override updated(): void {
    this.toggleAttribute('watch-ends', this.watchEnds);
    const { exercise, title } = this.picture;
    const count = this.alarms.length > 0 ? `(${this.alarms.length}) ` : '';
    this.searching.follow(this.selection);
    document.title = count + [this.lostAt !== null ? 'CONNECTION LOST' : '', exercise ? 'EXERCISE' : '', title, 'Varne'].filter(Boolean).join(' · ');
    const { cloud, forecast } = this.watch;
    if (!this.fitDue || !cloud || forecast?.incident !== this.selection?.id) return;
    this.fitDue = false;
    const at = this.picture.incidents.get(this.selection!.id)?.at;
    this.chart?.fit([...cloud.contour90.flat(), ...(at ? [at] : [])]);
  }

  override render() {
    const { picture, selection, session } = this;
    if (session.login) return html`<varne-login .why=${session.login}></varne-login>`;
    if (session.who?.role === 'captain' && !this.whole) return captainPage(picture, session, this.lostAt, this.starting, () => (this.whole = true));
    const other = spoken() === 'fr' ? 'en' : 'fr';
    return html`
      ${this.watchEnds ? html`<varne-watch .picture=${picture} .frame=${picture.frames} .alarms=${this.alarms} @varne-close=${() => (this.watchEnds = false)}>${banners(picture, session, this.lostAt, this.starting)}</varne-watch>` : nothing}
      <header class="top" ?inert=${this.watchEnds}>
        <h1>Varne</h1>
        <span class="title">${picture.title}</span>
        <varne-find .picture=${picture} .frame=${picture.frames}></varne-find>
        <span class="clock ${this.lostAt !== null ? 'stopped' : ''}" aria-label=${t`Time of the picture`}>${clock(picture.now)} <small>UTC</small></span>
        <obc-button ?disabled=${mayNot('report') !== ''} title=${mayNot('report')} @click=${() => this.openReport()}>${t`New report`}</obc-button>
        <obc-button variant="flat" aria-pressed=${this.palette === 'night'} @click=${() => this.turnPalette()}>${this.palette === 'night' ? t`Day` : t`Night`}</obc-button>
        <obc-button variant="flat" @click=${() => void this.endWatch()}>${t`Hand-over`}</obc-button>
        <obc-button variant="flat" @click=${() => void openHelp(this.root)}>${t`Keys`}</obc-button>
        <obc-button variant="flat" lang=${other} @click=${() => session.turnLanguage(other)}>${other === 'fr' ? 'Français' : 'English'}</obc-button>
        ${whoSits(session, picture)}
      </header>
      ${banners(picture, session, this.lostAt, this.starting)}
      <aside class="left" ?inert=${this.watchEnds} aria-label=${t`Incidents, people and feeds`}>
        <varne-incidents .picture=${picture} .frame=${picture.frames} .selection=${selection}></varne-incidents>
        <varne-people .people=${picture.people}></varne-people>
        ${picture.partners.length > 0 ? html`<varne-partners .picture=${picture} .partners=${picture.partners}></varne-partners>` : nothing}
        ${picture.feeds.length > 0 ? html`<varne-feeds .feeds=${picture.feeds} .now=${picture.now}></varne-feeds>` : nothing}
      </aside>
      <main ?inert=${this.watchEnds} aria-label=${t`Chart`}>
        ${this.chartTrouble ? html`<p class="trouble" role="alert">${this.chartTrouble}</p>` : nothing}
        ${this.sketching ? html`<varne-sketch .picture=${picture} .frame=${picture.frames} .palette=${this.palette} .geography=${this.geography} .ahead=${this.aheadMinutes} .shown=${this.shown}></varne-sketch>` : nothing}
        <varne-chart
          .picture=${picture} .frame=${picture.frames} .selection=${selection} .cloud=${this.watch.cloud} .palette=${this.palette} .search=${this.searching.onChart}
          .geography=${this.geography} ?ruling=${this.ruling} .ahead=${this.aheadMinutes} .shown=${this.shown} .guards=${this.guards} .corners=${this.corners}
          @varne-corners=${(event: CustomEvent<LonLat[]>) => this.draw(event.detail)}
          @varne-ruled=${(event: CustomEvent<Ruler | null>) => (this.ruler = event.detail)}
          @varne-moved=${(event: CustomEvent<number>) => (this.metresPerPixel = event.detail)}
          @varne-pointed=${(event: CustomEvent<LonLat>) => (this.pointer = event.detail)}
        ></varne-chart>
        <varne-alarms .picture=${picture} .frame=${picture.frames} .guards=${this.guards} @varne-alarms=${(event: CustomEvent<Alarm[]>) => this.count(event.detail)}></varne-alarms>
        <varne-scale .metresPerPixel=${this.metresPerPixel} .pointer=${this.pointer}></varne-scale>
        <varne-tools
          class="tools" .picture=${picture} ?ruling=${this.ruling} .ahead=${this.aheadMinutes} .shown=${this.shown} .guards=${this.guards} .corners=${this.corners} .photograph=${() => this.chart?.photograph() ?? Promise.resolve(null)}
          @varne-rule=${() => this.rule()} @varne-look-ahead=${() => this.lookAhead()} @varne-layers=${(event: CustomEvent<Shown>) => (this.shown = event.detail)}
        ></varne-tools>
        ${this.ruling ? html`<div class="ruled" role="status">${this.ruler ? rulerWords(this.ruler) : t`From where? Click on a craft or the water.`}</div>` : nothing}
        ${forecastTime(picture, this.watch)}
      </main>
      <aside class="right ${selection ? 'chosen' : ''}" ?inert=${this.watchEnds} aria-label=${t`Details and record`}>
        ${selection ? details(picture, selection, this.watch, () => (this.selection = null)) : nothing}
        <varne-feed .picture=${picture} .frame=${picture.frames}></varne-feed>
      </aside>
      <footer ?inert=${this.watchEnds}><varne-timeline .picture=${picture} .frame=${picture.frames} ?lost=${this.lostAt !== null}></varne-timeline></footer>
      <div class="unseen" aria-live="assertive">${this.announced}</div>
    `;
  }

  private get chart(): VarneChart | null {
    return this.renderRoot.querySelector('varne-chart');
  }

  private readonly panel = <T extends HTMLElement>(selector: string): T | null => this.renderRoot.querySelector<T>(selector);

  private count(alarms: Alarm[]): void {
    const before = this.alarms.length;
    this.alarms = alarms;
    if (alarms.length !== before) this.requestUpdate();
  }

  private rule(): void {
    this.ruling = !this.ruling;
    this.corners = null;
  }

  /** A guard area takes the clicks from the ruler. */
  private draw(corners: LonLat[] | null): void {
    this.corners = corners;
    if (corners) this.ruling = false;
  }

  private async endWatch(): Promise<void> {
    await import('./panels/watch');
    this.watchEnds = !this.watchEnds;
  }

  private lookAhead(): void {
    const next = AHEAD_MINUTES.findIndex((minutes) => minutes === this.aheadMinutes) + 1;
    this.aheadMinutes = AHEAD_MINUTES[next % AHEAD_MINUTES.length]!;
  }

  private turnPalette(): void {
    this.palette = this.palette === 'night' ? 'day' : 'night';
    applyPalette(this.palette);
  }

  private get root(): ShadowRoot {
    return this.renderRoot as ShadowRoot;
  }

  private openReport(): void {
    if (!mayNot('report')) void openReport(this.root, this.picture, this.selection?.kind === 'sea' ? this.selection.at : null);
  }

  private pressed(event: KeyboardEvent): void {
    const key = shortcutOf(event);
    if (!key || (this.watchEnds && !OVER_ALL.includes(key))) return;
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
      b: () => this.rule(),
      v: () => this.lookAhead(),
      r: () => this.openReport(),
      o: () => this.endWatch(),
      w: () => this.turnPalette(),
      Escape: () => this.letGo(),
      '?': () => openHelp(this.root),
    };
    deeds[key]();
  }

  /** What lies on top first. */
  private letGo(): void {
    if (this.watchEnds) this.watchEnds = false;
    else if (this.corners) this.corners = null;
    else if (this.ruling) this.ruling = false;
    else this.selection = null;
  }

  /** Walks the open incidents in the order of the list. */
  private stepIncident(step: 1 | -1): void {
    const open = wanted([...this.picture.incidents.values()].filter((incident) => incident.open));
    if (open.length === 0) return;
    const here = this.selection?.kind === 'incident' ? open.indexOf(this.selection.id) : -1;
    const next = here < 0 ? (step > 0 ? 0 : open.length - 1) : (here + step + open.length) % open.length;
    this.selection = { kind: 'incident', id: open[next]! };
    this.watch.ahead = null;
    this.bring();
  }
}
