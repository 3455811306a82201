/** Every entry of the record as it comes, newest first, with its raw report behind it. */
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { api } from '../api';
import type { Entry } from '../api';
import { moment } from '../format';
import { Held } from './held';
import { Panel } from './panel';
import { walkRows } from './rove';
import { goTo, panelStyles } from './shared';
import { noted, t, tr } from '../i18n';

/** So many rows stand in the page; "earlier" brings as many again. */
const PAGE = 100;

/** A verdict that came to nothing an officer acts on: it stands with its boat, and in the whole record. */
const acts = ['required', 'permitted', 'forbidden', 'conflict'];
const isDetail = ({ kind, body }: Entry) => kind === 'verdict' && !acts.includes(body.ruling) && !acts.includes(body.was ?? '');

const filters: [string, string, (entry: Entry) => boolean][] = [
  ['deeds', noted`in short`, (entry) => entry.kind !== 'track' && entry.kind !== 'unit' && !isDetail(entry)],
  ['all', noted`everything`, () => true],
  ['report', noted`reports`, (entry) => entry.kind === 'report'],
  ['people', noted`people`, (entry) => ['people', 'claim'].includes(entry.kind)],
  ['rules', noted`what is allowed`, (entry) => ['verdict', 'consent', 'parameter', 'override', 'override_ended'].includes(entry.kind)],
  ['refused', noted`refused`, (entry) => entry.kind === 'refused'],
];

@customElement('varne-feed')
export class VarneFeed extends Panel {

  @state() private filter = 'deeds';
  @state() private rows = PAGE;
  @state() private open: number | null = null;
  @state() private trouble = '';
  @state() private exhausted = false;
  /** Scrolled away from the newest. */
  @state() private away = false;

  private readonly held = new Held(this);
  private shown: Entry[] = [];
  private resets = 0;
  /** The row that Tab comes to: the one last visited. */
  private stop = -1;

  static override styles = [
    panelStyles,
    css`
      :host { display: flex; flex-direction: column; }
      .scroll { overflow-y: auto; flex: 1; min-height: 0; scrollbar-width: thin; }
      li { border-bottom: 1px solid var(--rule); }
      button.row { display: grid; grid-template-columns: 58px 1fr; gap: 0 8px; padding: 4px 12px; }
      .time { font-variant-numeric: tabular-nums; color: var(--ink-soft); }
      .kind { color: var(--ink-soft); }
      .more { display: flex; justify-content: center; padding: 8px; }
      .behind { padding: 0 12px 8px; }
    `,
  ];

  override willUpdate(): void {
    if (this.resets !== this.picture.resets) {
      this.resets = this.picture.resets;
      this.rows = PAGE;
      this.open = null;
      this.exhausted = false;
      this.shown = this.picture.entries;
      this.renderRoot.querySelector('.scroll')?.scrollTo({ top: 0 });
    }
    if (!this.held.now) this.shown = this.picture.entries;
  }

  override render() {
    const chosen = filters.find(([name]) => name === this.filter)![2];
    const matching = this.shown.filter(chosen);
    const page = matching.slice(-this.rows).reverse();
    const stop = page.some(({ number }) => number === this.stop) ? this.stop : page[0]?.number;
    const waiting = this.picture.entries.slice(this.newer()).filter(chosen).length;
    return html`
      <header>
        <h2>${t`Record`}</h2>
        ${waiting > 0
          ? html`<button class="text small" @click=${() => this.catchUp()}>${t`${waiting} newer`}</button>`
          : this.away ? html`<button class="text small" @click=${() => this.catchUp()}>${t`To the newest`}</button>` : nothing}
        <select aria-label=${t`Which entries`} @change=${(event: Event) => this.choose((event.target as HTMLSelectElement).value)}>
          ${filters.map(([name, words]) => html`<option value=${name} ?selected=${name === this.filter}>${tr(words)}</option>`)}
        </select>
      </header>
      <div class="scroll" @scroll=${(event: Event) => (this.away = (event.target as HTMLElement).scrollTop > 40)}>
        <ul aria-label=${t`Entries of the record, newest first`} @keydown=${(event: KeyboardEvent) => walkRows(event, this.renderRoot)}>
          ${repeat(page, ({ number }) => number, (entry) => this.row(entry, entry.number === stop))}
        </ul>
        <div class="more small">
          ${this.trouble
            ? html`<span class="error">${this.trouble}</span>`
            : this.exhausted && matching.length <= this.rows
              ? html`<span class="soft">${t`This is where the record begins.`}</span>`
              : html`<button class="text" @click=${() => void this.earlier(matching.length)}>${t`Earlier entries`}</button>`}
        </div>
      </div>
    `;
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('button.row[tabindex="0"]')?.focus();
  }

  /** Opens an entry by its number, fetched where it is older than those at hand. */
  async show(number: number): Promise<void> {
    this.filter = 'all';
    this.open = number;
    const first = this.picture.entries[0]?.number ?? Infinity;
    if (number < first) {
      const { entries } = await api.entriesBefore(first, Math.min(1000, first - number)).catch(() => ({ entries: [] as Entry[] }));
      this.picture.prepend(entries);
    }
    this.shown = this.picture.entries;
    this.rows = Math.max(PAGE, this.shown.filter((entry) => entry.number >= number).length);
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector('button.row[aria-expanded=true]')?.scrollIntoView({ block: 'center' });
  }

  /** Index of the first entry that came after those shown. */
  private newer(): number {
    const last = this.shown.at(-1)?.number ?? -1;
    let i = this.picture.entries.length;
    while (i > 0 && this.picture.entries[i - 1]!.number > last) i--;
    return i;
  }

  private row(entry: Entry, stop: boolean) {
    const open = this.open === entry.number;
    return html`<li>
      <button class="row" aria-expanded=${open} tabindex=${stop ? 0 : -1} @focus=${() => (this.stop = entry.number)}
        @click=${() => (this.open = open ? null : entry.number)}>
        <span class="time small">${moment(entry.time, this.picture.today)}</span>
        <span class="small">${words(entry)}</span>
      </button>
      ${open ? behind(entry) : nothing}
    </li>`;
  }

  private choose(filter: string): void {
    this.filter = filter;
    this.rows = PAGE;
  }

  private catchUp(): void {
    this.shown = this.picture.entries;
    this.renderRoot.querySelector('.scroll')?.scrollTo({ top: 0 });
    this.requestUpdate();
  }

  private async earlier(matching: number): Promise<void> {
    this.rows += PAGE;
    if (matching >= this.rows || this.exhausted) return;
    try {
      const first = this.shown[0]?.number ?? 1;
      const { entries } = await api.entriesBefore(first, 500);
      this.exhausted = entries.length === 0;
      this.picture.prepend(entries);
      this.shown = this.picture.entries;
      this.trouble = '';
    } catch (error) {
      this.trouble = (error as Error).message;
    }
    this.requestUpdate();
  }
}

/** A record of another version may have entries without one. */
const words = ({ kind, body }: Entry): string => body.text ?? kind;

/** JSON a person can read: short lists of plain values on one line. No string of JSON holds a line break of its own. */
const laidOut = (value: unknown): string => JSON.stringify(value, null, 1).replace(/\[\n[^[\]{}]*\]/g, (list) => list.replace(/\n\s*/g, ' ').replace('[ ', '[').replace(/ \]$/, ']'));

/** What stands behind an entry: links to what it concerns, the raw report, and the entry itself. */
function behind({ number, kind, body }: Entry) {
  const { raw, report, incident, track, unit, ...rest }: Record<string, unknown> = { ...body };
  delete rest.text;
  const received = raw ?? report;
  return html`<div class="behind small">
    <span class="soft">${t`No. ${number}, ${kind}`}</span>
    ${typeof incident === 'string' && incident ? goTo({ kind: 'incident', id: incident }, t`Incident ${incident}`) : nothing}
    ${typeof track === 'string' && track ? goTo({ kind: 'track', id: track }, t`Track ${track}`) : nothing}
    ${typeof unit === 'string' && unit ? goTo({ kind: 'unit', id: unit }, unit) : nothing}
    ${received ? html`<div class="soft">${t`As received`}</div><pre>${typeof received === 'string' ? received : JSON.stringify(received)}</pre>` : nothing}
    ${Object.keys(rest).length > 0 ? html`<pre>${laidOut(rest)}</pre>` : nothing}
  </div>`;
}
