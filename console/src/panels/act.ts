/** One deed about one incident: its form (deeds.ts says what it asks). Loaded when it is first asked for. */
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api';
import type { Incident, IncidentDetail } from '../api';
import { clock, incidentName } from '../format';
import { t, tr } from '../i18n';
import { reportOfDeed } from './deeds';
import type { Deed, Field, Scene } from './deeds';
import { ReportForm } from './form';
import type { Typed } from './form';

@customElement('varne-act')
export class VarneAct extends ReportForm {
  @property({ attribute: false }) deed!: Deed;
  /** As it was when the form was opened, where it has left the picture since. */
  @property({ attribute: false }) incident!: Incident;
  /** What the server has beside; asked for where the incident's panel did not have it yet. */
  @property({ attribute: false }) detail: IncidentDetail | null = null;

  override firstUpdated(): void {
    if (!this.detail) void api.incident(this.incident.id).then((detail) => (this.detail = detail), () => undefined);
  }

  private get scene(): Scene {
    return { picture: this.picture, incident: this.picture.incidents.get(this.incident.id) ?? this.incident, detail: this.detail };
  }

  protected override heading(): string {
    return `${tr(this.deed.words)}: ${incidentName(this.scene.incident)}`;
  }

  protected override fields() {
    const { hint, fields } = this.deed;
    return html`${hint ? html`<p class="soft wide">${tr(hint)}</p>` : nothing}
      ${fields.length === 0 ? html`<p class="wide">${t`Nothing more is needed.`}</p>` : nothing}
      ${fields.map((field) => this.control(field))}`;
  }

  private control({ name, words, sort = 'text', needed, example, options, begins }: Field) {
    const { scene } = this;
    const shown = needed ? `${tr(words)} *` : tr(words);
    const value = begins?.(scene) ?? '';
    if (sort === 'choice') return this.choice(name, shown, needed && options!(scene).length !== 1 && !value ? [['', '–'], ...options!(scene)] : options!(scene), value);
    if (sort === 'yes_no') return this.said(name, shown);
    if (sort === 'reports') return this.reports(name, shown);
    return this.text(name, shown, example ? tr(example) : '', value);
  }

  /** The reports about this boat, to be ticked, the newest first. */
  private reports(name: string, words: string) {
    const notes = [...(this.detail?.notes ?? [])].reverse();
    return this.field(name, words, html`<fieldset class="wide" aria-label=${words}>
      ${notes.map(({ source, time, what }) => html`<div><label><input type="checkbox" name=${name} value=${source} /> ${clock(time, false)} ${source}: ${what}</label></div>`)}</fieldset>`, 'wide');
  }

  protected override read(typed: Typed, id: string) {
    return reportOfDeed(this.deed, this.scene, typed, id, this.now);
  }
}
