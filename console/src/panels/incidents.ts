/** The incidents, gravest first. The list stands still under a pointer or a keyboard. */
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Incident } from '../api';
import { age, heads, incidentName, relationName, secondsBetween } from '../format';
import { select } from '../selection';
import type { Selection } from '../selection';
import { Held } from './held';
import { nextOrder, wanted } from './order';
import { Panel } from './panel';
import { walkRows } from './rove';
import { panelStyles, phaseMark } from './shared';

/** "distress, MRCC Dover, offered to CROSS Gris-Nez, possibly the same as I7 and I9". */
function standing(incident: Incident): string {
  const related = [...new Set((incident.related ?? []).map(({ relation }) => relation))].map((relation) => {
    const others = (incident.related ?? []).filter((other) => other.relation === relation);
    return `${relationName(relation)} ${others.map((other) => other.incident).join(' and ')}`;
  });
  const offered = incident.offered_to ? [`offered to ${incident.offered_to}`] : [];
  return [incident.open ? incident.phase : 'closed', incident.centre, ...offered, ...related].join(', ');
}

/** More to say than its phase and its centre. */
const crowded = ({ offered_to, related }: Incident): boolean => Boolean(offered_to) || (related ?? []).length > 0;

@customElement('varne-incidents')
export class VarneIncidents extends Panel {
  @property({ attribute: false }) selection: Selection = null;

  private order: string[] = [];
  private readonly held = new Held(this);
  private resets = 0;
  private joined = 0;
  /** Rows whose standing needs two lines; while the list is held none grows. */
  private tall = new Set<string>();
  /** The row that Tab comes to: the one last visited. */
  private stop = '';

  static override styles = [
    panelStyles,
    css`
      :host { display: flex; flex-direction: column; }
      ul { overflow-y: auto; flex: 1; min-height: 0; scrollbar-width: thin; }
      li { border-bottom: 1px solid var(--rule); }
      button.row { display: grid; grid-template-columns: 30px 1fr auto; gap: 0 8px; align-items: center; padding: 6px 12px; }
      button[aria-pressed='true'] { background: var(--chosen); box-shadow: inset 3px 0 var(--accent); }
      .name { font-weight: 700; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .second { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .tall .second { white-space: normal; }
      .mark { grid-row: span 2; width: 28px; height: 28px; }
      .closed .mark { opacity: 0.5; }
      .closed .name { font-weight: 400; }
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
    if (!held) this.tall = new Set([...picture.incidents.values()].filter(crowded).map(({ id }) => id));
    this.resets = picture.resets;
  }

  override render() {
    const incidents = this.order.flatMap((id) => this.picture.incidents.get(id) ?? []);
    const stop = this.order.includes(this.stop) ? this.stop : this.order[0];
    const open = incidents.filter((incident) => incident.open).length;
    return html`
      <header>
        <h2 id="title">Incidents</h2>
        ${this.joined > 0 ? html`<span class="new small">${this.joined} new below</span>` : nothing}
        <span class="soft small">${open} open, ${incidents.length - open} closed</span>
      </header>
      <ul aria-labelledby="title" @keydown=${(event: KeyboardEvent) => walkRows(event, this.renderRoot)}>
        ${incidents.length === 0 ? html`<li class="none soft">No incident so far.</li>` : nothing}
        ${repeat(incidents, ({ id }) => id, (incident) => this.row(incident, stop))}
      </ul>
    `;
  }

  private row(incident: Incident, stop: string | undefined) {
    const chosen = this.selection?.kind === 'incident' && this.selection.id === incident.id;
    const ago = age(secondsBetween(incident.changed, this.picture.now));
    return html`<li class="${incident.open ? '' : 'closed'} ${this.tall.has(incident.id) ? 'tall' : ''}">
      <button
        class="row"
        data-id=${incident.id}
        aria-pressed=${chosen}
        tabindex=${incident.id === stop ? 0 : -1}
        @focus=${() => (this.stop = incident.id)}
        @click=${() => select(this, { kind: 'incident', id: incident.id }, true)}
      >
        ${phaseMark(incident.phase)}
        <span class="name">${incidentName(incident)}</span>
        <span class="number" title="persons aboard, as reported">${heads(incident.persons)} pob</span>
        <span class="second soft small" title=${standing(incident)}>${standing(incident)}</span>
        <span class="number soft small" title="since the last change">${ago}</span>
      </button>
    </li>`;
  }

  override focus(): void {
    const row = (which: string) => this.renderRoot.querySelector<HTMLElement>(`button.row${which}`);
    (row('[aria-pressed=true]') ?? row('[tabindex="0"]'))?.focus();
  }
}
