/** A call for help or a sighting, as the officer at the telephone types it in. Loaded when it is first asked for. */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api';
import type { LonLat, Refused } from '../api';
import { clock, entryNumbers, position } from '../format';
import type { Picture } from '../picture';
import { fieldNamed, reportOf } from './report-fields';
import type { Wrong } from './report-fields';
import { panelStyles } from './shared';

const crafts = ['inflatable', 'kayak', 'dinghy', 'yacht', 'motor boat', 'person'];

/** What is known of a report that got no plain answer. The server never takes one id twice, so sending again is safe. */
function standing(error: Refused): string {
  if (error.status === 0)
    return `${error.message} Whether it has this report is not known. Send again, unchanged, when the connection is back: it is never taken twice.`;
  if (error.status === 503 && error.taken)
    return `The desk has this report and has not recorded it yet: ${error.message} Send again, unchanged, to see how it stands.`;
  return error.status === 503 ? `Not taken: ${error.message} Send again when there is room.` : error.message;
}

@customElement('varne-report')
export class VarneReport extends LitElement {
  @property({ attribute: false }) picture!: Picture;
  /** The place chosen on the chart, to begin with. */
  @property({ attribute: false }) at: LonLat | null = null;

  /** The picture's time when the form was opened or last emptied: what the officer hears now is reported now. */
  @state() private now = '';
  @state() private kind: 'call' | 'sighting' = 'call';
  @state() private wrong: Wrong | null = null;
  @state() private sent = '';
  private sending = false;
  /** What was sent and is not known to be recorded: sent again unchanged, it is the same report and not another. */
  private open: { typed: string; report: Record<string, unknown> } | null = null;

  static override styles = [
    panelStyles,
    css`
      dialog { width: 620px; max-width: 96vw; max-height: 92vh; padding: 0; color: var(--ink); background: var(--panel); border: 1px solid var(--ink-soft); border-radius: 8px; }
      dialog::backdrop { background: rgb(0 0 0 / 45%); }
      form { padding: 12px 16px 14px; display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px; }
      label { display: block; font-size: 12px; color: var(--ink-soft); }
      label > input, label > select, label > textarea { display: block; width: 100%; margin-top: 2px; font-size: 13px; min-height: 28px; }
      .wide { grid-column: 1 / -1; }
      .three { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px; }
      [aria-invalid='true'] { border-color: var(--distress-text); border-width: 2px; }
      .kinds { display: flex; gap: 16px; border: 0; padding: 0; margin: 0; }
      .kinds label { color: var(--ink); font-size: 13px; }
      .kinds input { display: inline; width: auto; min-height: 0; margin-right: 6px; }
      .foot { display: flex; justify-content: flex-end; align-items: center; gap: 8px; }
      .foot p { flex: 1; }
    `,
  ];

  show(): void {
    this.now = this.picture.now;
    this.sent = '';
    this.wrong = null;
    this.renderRoot.querySelector('dialog')?.showModal();
    this.renderRoot.querySelector<HTMLElement>('[name=from]')?.focus();
  }

  override render() {
    const call = this.kind === 'call';
    return html`<dialog aria-labelledby="title">
      <header><h2 id="title">New report, ${clock(this.now)} UTC</h2></header>
      <form novalidate @submit=${(event: SubmitEvent) => void this.submit(event)}>
        <fieldset class="kinds wide" aria-label="Kind of report">
          <label><input type="radio" name="kind" value="call" .defaultChecked=${call} .checked=${call} @change=${() => (this.kind = 'call')} />Call for help</label>
          <label><input type="radio" name="kind" value="sighting" .defaultChecked=${!call} .checked=${!call} @change=${() => (this.kind = 'sighting')} />Sighting</label>
        </fieldset>
        ${this.text('from', 'Who reports', 'caller, CROSS Gris-Nez, a ship’s name')}
        ${this.text('boat', 'Boat, where a name is agreed', 'Charlie')}
        ${this.text('at', 'Position', '51 02.35 N 001 21.10 E', this.at ? position(this.at) : '')}
        ${this.text('error_nm', 'Position good to, nautical miles', '0.5')}
        ${this.field('craft', 'Craft', html`<select name="craft"><option value="">not said</option>${crafts.map((craft) => html`<option>${craft}</option>`)}</select>`)}
        ${this.text('persons', 'Persons aboard', '30 or 30-35')}
        ${call
          ? html`${this.text('children', 'Children among them', '')} ${this.text('injured', 'Injured among them', '')}`
          : nothing}
        <div class="three wide">
          ${call
            ? html`${this.said('distress', 'Need help at once')} ${this.said('people_in_water', 'People in the water')}
                ${this.said('taking_water', 'Taking water')} ${this.said('engine_stopped', 'Engine stopped')}`
            : html`${this.said('empty', 'Nobody aboard')} ${this.said('people_in_water', 'People in the water')}`}
        </div>
        ${this.field('text', 'In the caller’s words (no names of those aboard)', html`<textarea name="text" rows="2"></textarea>`, 'wide')}
        <div class="foot wide">
          <p class="small" role="status">
            ${this.wrong && !this.wrong.field ? html`<span class="error">${this.wrong.what}</span>` : this.sent}
          </p>
          <obc-button variant="flat" @click=${() => this.close()}>Close</obc-button>
          <obc-button variant="raised" @click=${() => this.renderRoot.querySelector('form')?.requestSubmit()}>Send report</obc-button>
        </div>
        <input type="submit" hidden />
      </form>
    </dialog>`;
  }

  private field(name: string, words: string, control: TemplateResult, style = '') {
    const wrong = this.wrong?.field === name ? this.wrong.what : '';
    return html`<label class=${style}>${words} ${control}
      ${wrong ? html`<span id="${name}-wrong" class="error" role="alert">${wrong}</span>` : nothing}</label>`;
  }

  private text(name: string, words: string, example: string, value = '') {
    const wrong = this.wrong?.field === name;
    return this.field(
      name, words,
      html`<input name=${name} placeholder=${example} value=${value} autocomplete="off"
        aria-invalid=${wrong} aria-describedby=${wrong ? `${name}-wrong` : nothing} />`,
    );
  }

  private said(name: string, words: string) {
    return this.field(name, words, html`<select name=${name}><option value="">not said</option><option>yes</option><option>no</option></select>`);
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.sending) return;
    const form = event.target as HTMLFormElement;
    const typed = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : '']));
    const said = JSON.stringify(typed);
    const id = `desk-${this.now.replace(/\D/g, '').slice(0, 14)}-${crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)}`;
    const report = this.open?.typed === said ? this.open.report : reportOf(typed, id, this.now);
    if ('what' in report) return this.refuse(report as unknown as Wrong, form);
    this.sending = true;
    this.open = { typed: said, report };
    try {
      const { entries } = await api.report(report);
      this.wrong = null;
      this.open = null;
      this.sent = `Taken into the record as ${entryNumbers(entries)}.`;
      form.reset();
      this.now = this.picture.now;
    } catch (error) {
      const what = standing(error as Refused);
      this.refuse({ field: fieldNamed(what, Object.keys(typed)), what }, form);
    } finally {
      this.sending = false;
    }
  }

  private refuse(wrong: Wrong, form: HTMLFormElement): void {
    this.wrong = wrong;
    this.sent = '';
    if (wrong.field) (form.elements.namedItem(wrong.field) as HTMLElement | null)?.focus();
  }

  private close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }
}
