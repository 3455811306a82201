/** The incidents, gravest first. The list stands still under a pointer or a keyboard. */
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Incident } from '../api';
import { age, heads, incidentName, secondsBetween } from '../format';
import { select } from '../selection';
import type { Selection } from '../selection';
import { Held } from './held';
import { nextOrder, wanted } from './order';
import { Panel } from './panel';
import { panelStyles, phaseMark } from './shared';

@customElement('varne-incidents')
export class VarneIncidents extends Panel {
  @property({ attribute: false }) selection: Selection = null;

  private order: string[] = [];
  private readonly held = new Held(this);
  private resets = 0;
  private joined = 0;

  static override styles = [
    panelStyles,
    css`
      :host { display: flex; flex-direction: column; }
      ul { overflow-y: auto; flex: 1; min-height: 0; scrollbar-width: thin; }
      li { border-bottom: 1px solid var(--rule); }
      button.row { display: grid; grid-template-columns: 28px 1fr auto; gap: 0 8px; align-items: center; padding: 6px 12px; }
      button[aria-pressed='true'] { background: var(--chosen); box-shadow: inset 3px 0 var(--accent); }
      .name { font-weight: 700; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .second { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .mark { grid-row: span 2; }
      .closed { opacity: 0.75; }
      .new { color: var(--distress-text); font-weight: 700; }
      .none { padding: 12px; }
    `,
  ];

  override willUpdate(): void {
    const { picture } = this;
    const held = this.held.now && this.resets === picture.resets;
    const next = nextOrder(this.order, wanted(picture.incidents.values()), held);
    this.joined = held ? this.joined + Math.max(0, next.length - this.order.length) : 0;
    this.order = next;
    this.resets = picture.resets;
  }

  override render() {
    const incidents = this.order.flatMap((id) => this.picture.incidents.get(id) ?? []);
    const open = incidents.filter((incident) => incident.open).length;
    return html`
      <header>
        <h2 id="title">Incidents</h2>
        ${this.joined > 0 ? html`<span class="new small">${this.joined} new below</span>` : nothing}
        <span class="soft small">${open} open, ${incidents.length - open} closed</span>
      </header>
      <ul aria-labelledby="title" @keydown=${(event: KeyboardEvent) => this.step(event)}>
        ${incidents.length === 0 ? html`<li class="none soft">No incident so far.</li>` : nothing}
        ${repeat(incidents, ({ id }) => id, (incident) => this.row(incident))}
      </ul>
    `;
  }

  private row(incident: Incident) {
    const chosen = this.selection?.kind === 'incident' && this.selection.id === incident.id;
    const ago = age(secondsBetween(incident.changed, this.picture.now));
    return html`<li class=${incident.open ? '' : 'closed'}>
      <button
        class="row"
        data-id=${incident.id}
        aria-pressed=${chosen}
        @click=${() => select(this, { kind: 'incident', id: incident.id }, true)}
      >
        ${phaseMark(incident.phase)}
        <span class="name">${incidentName(incident)}</span>
        <span class="number" title="persons aboard, as reported">${heads(incident.persons)} pob</span>
        <span class="second soft small">${incident.open ? incident.phase : 'closed'}, ${incident.centre}</span>
        <span class="number soft small" title="since the last change">${ago}</span>
      </button>
    </li>`;
  }

  override focus(): void {
    const rows = this.renderRoot.querySelectorAll<HTMLElement>('button.row');
    const chosen = this.renderRoot.querySelector<HTMLElement>('[aria-pressed=true]');
    (chosen ?? rows[0])?.focus();
  }

  /** Arrow keys walk the rows; Home and End jump. */
  private step(event: KeyboardEvent): void {
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('button.row')];
    const here = rows.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
  }
}
