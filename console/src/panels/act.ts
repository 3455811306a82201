/** One deed about one incident: its form (deeds.ts says what it asks). Loaded when it is first asked for. */
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api';
import type { Incident, IncidentDetail } from '../api';
import { clock, incidentName } from '../format';
import { t, tr } from '../i18n';
import { reportOfDeed } from './deeds';
import type { Deed, Field, Scene } from './deeds';
import { ReportForm } from './form';
import type { Typed } from './form';
import type { Sent, Wrong } from './report-fields';
import { Withdrawal, withdrawalStyles } from './withdrawal';

@customElement('varne-act')
export class VarneAct extends ReportForm {
  @property({ attribute: false }) deed!: Deed;
  /** As it was when the form was opened, where it has left the picture since. */
  @property({ attribute: false }) incident!: Incident;
  /** What the server has beside; asked for where the incident's panel did not have it yet. */
  @property({ attribute: false }) detail: IncidentDetail | null = null;

  private readonly withdrawal = new Withdrawal(this);

  static override styles = [
    ...ReportForm.styles,
    withdrawalStyles,
    css`
      legend { padding: 0; font-size: 12px; color: var(--ink-soft); }
      .choose { max-height: 26vh; overflow-y: auto; border: 1px solid var(--rule); border-radius: 4px; padding: 4px 8px; }
      .choose label { color: var(--ink); font-size: 13px; padding: 2px 0; }
    `,
  ];

  override firstUpdated(): void {
    // What is ticked is read from the page: now it stands there.
    if (this.deed.takesBack) this.requestUpdate();
    if (!this.detail) void api.incident(this.incident.id).then((detail) => (this.detail = detail), () => undefined);
  }

  private get scene(): Scene {
    return { picture: this.picture, incident: this.picture.incidents.get(this.incident.id) ?? this.incident, detail: this.detail };
  }

  protected override doubts = (report: Sent): Promise<Wrong[]> => Promise.resolve(this.deed.doubts?.(this.scene, report) ?? []);

  protected override heading(): string {
    return `${tr(this.deed.words)}: ${incidentName(this.scene.incident)}`;
  }

  protected override fields() {
    const { hint, fields } = this.deed;
    return html`${hint ? html`<p class="soft wide">${tr(hint)}</p>` : nothing}
      ${fields.length === 0 ? html`<p class="wide">${t`Nothing more is needed.`}</p>` : nothing}
      ${fields.map((field) => this.control(field))}
      ${this.deed.takesBack ? this.withdrawal.preview(this.scene, this.ticked) : nothing}`;
  }

  private get ticked(): string[] {
    return [...this.renderRoot.querySelectorAll<HTMLInputElement>('input[name=evidence]:checked')].map(({ value }) => value);
  }

  private control({ name, words, sort = 'text', needed, example, options, begins }: Field) {
    const { scene } = this;
    const shown = needed ? `${tr(words)} *` : tr(words);
    const value = begins?.(scene) ?? '';
    if (sort === 'choice') return this.choice(name, shown, needed && options!(scene).length !== 1 && !value ? [['', '–'], ...options!(scene)] : options!(scene), value);
    if (sort === 'yes_no') return this.said(name, shown);
    if (sort === 'reports') return this.reports(name, shown, value);
    return this.text(name, shown, example ? tr(example) : '', value);
  }

  /** The reports about this boat, to be ticked, the newest first. */
  private reports(name: string, words: string, ticked: string) {
    const notes = [...(this.detail?.notes ?? [])].reverse();
    const wrong = this.wrongAt(name);
    return html`<fieldset class="wide" @input=${() => this.requestUpdate()}>
      <legend>${words}</legend>
      <div class="choose">${notes.map(({ source, time, what }) => html`<div><label><input type="checkbox" name=${name} value=${source} ?checked=${source === ticked} /> ${clock(time, false)} ${source}: ${what}</label></div>`)}
        ${this.detail && notes.length === 0 ? html`<span class="soft">${t`Nothing was reported of this boat.`}</span>` : nothing}</div>
      ${wrong ? html`<span id="${name}-wrong" class="error small" role="alert">${wrong}</span>` : nothing}</fieldset>`;
  }

  protected override read(typed: Typed, id: string) {
    return reportOfDeed(this.deed, this.scene, typed, id, this.now);
  }
}
