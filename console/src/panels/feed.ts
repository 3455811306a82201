/** Every entry of the record as it comes, newest first, with its raw report behind it; what is older, or looked for by words, the desk finds (record.ts). */
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Entry } from '../api';
import { moment } from '../format';
import { LookBack, choices, holds, joined } from '../record';
import { behind, words } from './entry';
import { Held } from './held';
import { Panel } from './panel';
import { walkRows } from './rove';
import { panelStyles } from './shared';
import { figure, t, tr } from '../i18n';

/** So many rows stand in the page; "earlier" brings as many again. */
const PAGE = 100;
/** Who types has not finished a word before so long. */
const PAUSE_MS = 350;

@customElement('varne-feed')
export class VarneFeed extends Panel {
  @state() private choice = 'short';
  @state() private typed = '';
  @state() private rows = PAGE;
  @state() private open: number | null = null;
  /** Scrolled away from the newest. */
  @state() private away = false;

  private readonly held = new Held(this);
  private readonly back = new LookBack(this);
  private shown: Entry[] = [];
  private resets = 0;
  private pause = 0;
  /** The row that Tab comes to: the one last visited. */
  private stop = -1;

  static override styles = [
    panelStyles,
    css`
      :host { display: flex; flex-direction: column; }
      header input { flex: 1 1 60px; min-width: 40px; }
      header h2 { flex: none; }
      header select { flex: 0 1 auto; min-width: 0; }
      .scroll { overflow-y: auto; flex: 1; min-height: 0; scrollbar-width: thin; }
      /* Over the newest rows: none of them moves when one more comes. */
      .newer { position: sticky; top: 0; height: 0; z-index: 1; text-align: center; }
      .newer button { margin-top: 3px; background: var(--panel); border: 1px solid var(--ink-soft); border-radius: 10px; padding: 1px 10px; }
      li { border-bottom: 1px solid var(--rule); }
      button.row { display: grid; grid-template-columns: 58px 1fr; gap: 0 8px; padding: 4px 12px; }
      .time { font-variant-numeric: tabular-nums; color: var(--ink-soft); }
      .more { text-align: center; padding: 8px 12px; }
      .gap { padding: 3px 12px; text-align: center; }
      .behind { padding: 0 12px 8px; }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.pause);
  }

  override willUpdate(): void {
    if (this.resets !== this.picture.resets) {
      this.resets = this.picture.resets;
      this.open = null;
      this.begin();
      this.shown = this.picture.entries;
      this.renderRoot.querySelector('.scroll')?.scrollTo({ top: 0 });
    }
    if (!this.held.now) this.shown = this.picture.entries;
  }

  override render() {
    const matching = this.matching();
    const page = matching.slice(-this.rows).reverse();
    const stop = page.some(({ number }) => number === this.stop) ? this.stop : page[0]?.number;
    const waiting = this.picture.entries.slice(this.newer()).filter((entry) => this.fits(entry)).length;
    const whole = this.choice === 'all' && !this.typed.trim();
    return html`
      <header role="search" aria-label=${t`Record`}>
        <h2>${t`Record`}</h2>
        <input type="search" autocomplete="off" placeholder=${t`Words`} aria-label=${t`Words to look for in the whole record`} .value=${this.typed}
          @input=${(event: Event) => this.type((event.target as HTMLInputElement).value)} @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && this.ask()} />
        <select aria-label=${t`Which entries`} @change=${(event: Event) => this.choose((event.target as HTMLSelectElement).value)}>
          ${Object.entries(choices).map(([name, { words: said }]) => html`<option value=${name} ?selected=${name === this.choice}>${tr(said)}</option>`)}
        </select>
      </header>
      <div class="scroll" @scroll=${(event: Event) => (this.away = (event.target as HTMLElement).scrollTop > 40)}>
        <div class="newer small">${waiting > 0
          ? html`<button class="text" @click=${() => this.catchUp()}>${t`${waiting} newer`}</button>`
          : this.away ? html`<button class="text" @click=${() => this.catchUp()}>${t`To the newest`}</button>` : nothing}</div>
        <ul aria-label=${t`Entries of the record, newest first`} @keydown=${(event: KeyboardEvent) => walkRows(event, this.renderRoot)}>
          ${repeat(page, ({ number }) => number, (entry, i) => this.row(entry, entry.number === stop, whole ? (page[i - 1]?.number ?? entry.number + 1) - entry.number - 1 : 0))}
        </ul>
        <div class="more small">
          ${this.trouble()}<span class="soft" role="status">${this.reach(matching.length)}</span>
          ${!this.back.looking && !(this.back.all && matching.length <= this.rows) ? html`<button class="text" @click=${() => this.earlier(matching.length)}>${t`Earlier entries`}</button>` : nothing}
        </div>
      </div>
    `;
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('button.row[tabindex="0"]')?.focus();
  }

  /** Opens an entry by its number, fetched where it is older than those at hand. */
  async show(number: number): Promise<void> {
    this.choice = 'all';
    this.typed = '';
    this.begin();
    this.open = number;
    this.shown = this.picture.entries;
    if (!this.shown.some((entry) => entry.number === number)) await this.back.around(number, this.shown[0]?.number ?? this.picture.lastEntry + 1);
    this.rows = Math.max(PAGE, this.matching().filter((entry) => entry.number >= number).length);
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector('button.row[aria-expanded=true]')?.scrollIntoView({ block: 'center' });
  }

  private fits(entry: Entry): boolean {
    return choices[this.choice]!.shows(entry) && holds(entry, this.typed);
  }

  /** What is at hand and what the desk found beside it; nothing of it newer than what stands still under the hand. */
  private matching(): Entry[] {
    const atHand = this.shown.filter((entry) => this.fits(entry));
    const last = this.shown.at(-1)?.number ?? Infinity;
    const found = this.back.found.filter((entry) => entry.number <= last && choices[this.choice]!.shows(entry));
    return found.length > 0 ? joined(found, atHand) : atHand;
  }

  /** Index of the first entry that came after those shown. */
  private newer(): number {
    const last = this.shown.at(-1)?.number ?? -1;
    let i = this.picture.entries.length;
    while (i > 0 && this.picture.entries[i - 1]!.number > last) i--;
    return i;
  }

  /** How far was looked, and whether there is more. */
  private reach(found: number): string {
    const { looking, all, back } = this.back;
    const sought = this.typed.trim() !== '';
    if (looking) return t`The desk is looking through the record.`;
    if (all && sought) return t`${figure(found)} found in the whole record.`;
    if (all) return found <= this.rows ? t`This is where the record begins.` : '';
    if (!back) return '';
    const to = `${moment(back.time, this.picture.today)} UTC`;
    return sought ? t`${figure(found)} found, back to ${to}, entry ${back.number}. There may be more before.` : t`Back to ${to}, entry ${back.number}.`;
  }

  private trouble() {
    return this.back.trouble ? html`<span class="error" role="alert">${this.back.trouble}</span> ` : nothing;
  }

  /** @param gap  how many entries between it and the one above are not here */
  private row(entry: Entry, stop: boolean, gap: number) {
    const open = this.open === entry.number;
    return html`${gap > 0 ? html`<li class="gap soft small">${t`${figure(gap)} entries between are not here.`} <button class="text" @click=${() => void this.fill(entry.number + gap + 1, gap)}>${t`Fetch them`}</button></li>` : nothing}<li>
      <button class="row" aria-expanded=${open} tabindex=${stop ? 0 : -1} @focus=${() => (this.stop = entry.number)}
        @click=${() => (this.open = open ? null : entry.number)}>
        <span class="time small">${moment(entry.time, this.picture.today)}</span>
        <span class="small">${words(entry)}</span>
      </button>
      ${open ? behind(entry) : nothing}
    </li>`;
  }

  private begin(): void {
    clearTimeout(this.pause);
    this.rows = PAGE;
    this.back.forget();
  }

  private choose(choice: string): void {
    this.choice = choice;
    this.begin();
    this.ask();
  }

  private type(typed: string): void {
    this.typed = typed;
    this.begin();
    this.pause = window.setTimeout(() => this.ask(), PAUSE_MS);
  }

  /** What is at hand may do; what was looked for by words is looked for in all there is. */
  private ask(): void {
    clearTimeout(this.pause);
    if (this.back.back || (!this.typed.trim() && this.matching().length >= PAGE)) return;
    void this.back.further(this.choice, this.typed, this.shown, this.picture.lastEntry);
  }

  private async fill(before: number, gap: number): Promise<void> {
    this.rows += await this.back.between(before, gap);
    this.requestUpdate();
  }

  private catchUp(): void {
    this.shown = this.picture.entries;
    this.renderRoot.querySelector('.scroll')?.scrollTo({ top: 0 });
    this.requestUpdate();
  }

  private earlier(matching: number): void {
    this.rows += PAGE;
    if (matching < this.rows) void this.back.further(this.choice, this.typed, this.shown, this.picture.lastEntry);
  }
}
