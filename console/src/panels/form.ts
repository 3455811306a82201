/** A form that becomes one report: what every such form has. All that is wrong is said at once, and what was sent and got
 * no plain answer is the same report when it is sent again. */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { api } from '../api';
import type { Entry, Refused } from '../api';
import { t } from '../i18n';
import { mayNot } from '../me';
import type { Picture } from '../picture';
import { answer, answerStyles, entriesOf } from './answer';
import { filledIn, withdraws } from './deeds';
import type { Act } from './deeds';
import { FieldForm, fieldStyles } from './fields';
import { fieldNamed, reportId } from './report-fields';
import type { Sent, Wrong } from './report-fields';
import { panelStyles } from './shared';

/** What is known of a report that got no plain answer. The server never takes one id twice, so sending again is safe. */
function standing(error: Refused): string {
  if (error.status === 0)
    return t`${error.message} Whether it has this report is not known. Send again, unchanged, when the connection is back: it is never taken twice.`;
  if (error.status === 503 && error.taken)
    return t`The desk has this report and has not recorded it yet: ${error.message} Send again, unchanged, to see how it stands.`;
  return error.status === 503 ? t`Not taken: ${error.message} Send again when there is room.` : error.message;
}

export type Typed = Record<string, string>;

/** Kinds of which `withdraw_report` takes one back. */
const withdrawable = new Set(['call', 'sighting', 'recovered', 'landing', 'handed_over', 'departure_prevented']);

export abstract class ReportForm extends FieldForm {
  @property({ attribute: false }) picture!: Picture;

  /** The picture's time when the form was opened or last emptied: what the officer hears now is reported now. */
  @state() protected now = '';
  /** What is wrong is more likely a slip, and may be sent as it is. */
  @state() private asking = false;
  @state() private taken: { numbers: number[]; entries: Entry[] } | null = null;
  private sending = false;
  /** What was sent and is not known to be recorded: sent again unchanged, it is the same report and not another. */
  private open: { typed: string; report: Sent } | null = null;

  static override styles = [
    panelStyles,
    fieldStyles,
    answerStyles,
    css`
      dialog { width: 620px; max-width: 96vw; max-height: 92vh; padding: 0; color: var(--ink); background: var(--panel); border: 1px solid var(--ink-soft); border-radius: 8px; }
      dialog::backdrop { background: rgb(0 0 0 / 45%); }
      .four { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: 8px; }
      .kinds { display: flex; flex-wrap: wrap; gap: 4px 16px; }
      .kinds label { color: var(--ink); font-size: 13px; }
      .kinds input { margin-right: 6px; }
    `,
  ];

  protected abstract heading(): string;
  protected abstract fields(): TemplateResult;
  protected abstract read(typed: Typed, id: string): { report: Sent; wrong: Wrong[] };
  protected doubts: (report: Sent) => Promise<Wrong[]> = () => Promise.resolve([]);

  show(): void {
    this.now = this.picture.now;
    this.taken = null;
    this.wrong = [];
    this.asking = false;
    this.renderRoot.querySelector('dialog')?.showModal();
    this.renderRoot.querySelector<HTMLElement>('form :is(input:not([type=radio]), select)')?.focus();
  }

  override render() {
    return html`<dialog aria-labelledby="title">
      <header><h2 id="title">${this.heading()}</h2></header>
      <form novalidate @input=${() => this.changed()} @submit=${(event: SubmitEvent) => void this.submit(event)}>
        ${this.picture.mode === 'replay' ? html`<p class="soft wide">${t`This is a replay: what you send is tried out in a sandbox and recorded nowhere.`}</p>` : nothing}
        ${this.fields()}
        <div class="foot wide">
          <div class="small" role="status">
            ${this.asking ? html`<span class="error">${t`Please look again at what is marked.`}</span>` : nothing}
            ${this.wrong.filter(({ field }) => !field).map(({ what }) => html`<span class="error">${what}</span>`)}
            ${this.taken ? answer(this.taken.numbers, this.taken.entries, this.picture.mode === 'replay') : nothing} ${this.takenBack()}
          </div>
          <obc-button variant="flat" @click=${() => this.close()}>${t`Close`}</obc-button>
          <obc-button variant="raised" @click=${() => this.renderRoot.querySelector('form')?.requestSubmit()}>${this.asking ? t`Send as it is` : t`Send report`}</obc-button>
        </div>
        <input type="submit" hidden />
      </form>
    </dialog>`;
  }

  protected said(name: string, words: string) {
    return this.choice(name, words, [['', t`not said`], ['yes', t`yes`], ['no', t`no`]]);
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.sending) return;
    const form = event.target as HTMLFormElement;
    const typed: Typed = {};
    // What is ticked more than once under one name is a list of words.
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') typed[name] = typed[name] ? `${typed[name]} ${value}` : value;
    const said = JSON.stringify(typed);
    const id = reportId('desk', this.now);
    const { report, wrong } = this.open?.typed === said ? { report: this.open.report, wrong: [] } : this.read(typed, id);
    if (wrong.length > 0) this.refuse(wrong, form);
    this.sending = true;
    try {
      const doubts = this.asking || this.open?.typed === said ? [] : await this.doubts(report);
      // What cannot be read and what is more likely a slip are said together.
      if (doubts.length > 0) this.refuse([...wrong, ...doubts], form);
      this.asking ||= wrong.length === 0 && doubts.length > 0;
      if (wrong.length + doubts.length > 0) return;
      this.open = { typed: said, report };
      const { entries } = await api.report(report);
      this.wrong = [];
      this.asking = false;
      this.open = null;
      form.reset();
      this.now = this.picture.now;
      void this.tell(entries);
    } catch (error) {
      const what = standing(error as Refused);
      this.refuse([{ field: fieldNamed(what, [...form.elements].map((each) => (each as HTMLInputElement).name)), what }], form);
    } finally {
      this.sending = false;
    }
  }

  /** The words of the entries come after: the next report does not wait for them. */
  private async tell(numbers: number[]): Promise<void> {
    this.taken = { numbers, entries: [] };
    const entries = await entriesOf(numbers);
    if (this.taken?.numbers === numbers) this.taken = { numbers, entries };
  }

  /** What was just said of a boat and was a slip is taken back from here; what may be the desk decides. */
  private takenBack() {
    const entries = this.taken?.entries ?? [];
    const said = entries.find(({ kind, body }) => kind === 'report' && withdrawable.has((body.report as Sent).kind));
    // A first call opens its incident: only what follows from it names that.
    const about = entries.map(({ body }) => ('incident' in body && body.incident) || '').find(Boolean);
    const incident = about ? this.picture.incidents.get(about) : undefined;
    if (said?.kind !== 'report' || !incident || mayNot('order')) return nothing;
    const act: Act = { deed: filledIn(withdraws, { evidence: (said.body.report as Sent).id }), incident, detail: null };
    const open = () => {
      this.close();
      this.dispatchEvent(new CustomEvent<Act>('varne-act', { detail: act, bubbles: true, composed: true }));
    };
    return html`<button type="button" class="text" @click=${open}>${t`This was wrong: withdraw it`}</button>`;
  }

  /** What was asked about holds for what was typed then. */
  private changed(): void {
    if (!this.asking) return;
    this.asking = false;
    this.wrong = [];
  }

  private refuse(wrong: Wrong[], form: HTMLFormElement): void {
    this.asking = false;
    this.taken = null;
    this.mark(wrong, form);
  }

  protected close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }
}
