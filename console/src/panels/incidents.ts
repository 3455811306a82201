/** The incidents, the worst off first. The list stands still under a pointer or a keyboard. */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Incident } from '../api';
import { allAboard, dangerWords, dangersOf, firstThere, lastWord, nobodyGoes, stillOut } from '../danger';
import { openPropose } from '../dialogs';
import { age, clock, heads, incidentName, minutes, phaseName, relationName, secondsBetween } from '../format';
import { listed, t, tr } from '../i18n';
import { mayNot } from '../me';
import { select } from '../selection';
import type { Selection } from '../selection';
import { Held } from './held';
import { choices, nextOrder, orders, wanted } from './order';
import { Panel } from './panel';
import { walkRows } from './rove';
import { proposedInShort } from './proposed';
import { panelStyles, phaseMark } from './shared';

/** "distress, MRCC Dover, offered to CROSS Gris-Nez, possibly the same as I7 and I9". */
function standing(incident: Incident): string {
  const related = [...new Set((incident.related ?? []).map(({ relation }) => relation))].map((relation) => {
    const others = (incident.related ?? []).filter((other) => other.relation === relation);
    return `${relationName(relation)} ${listed(others.map((other) => other.incident))}`;
  });
  const offered = incident.offered_to ? [t`offered to ${incident.offered_to}`] : [];
  return [incident.open ? phaseName(incident.phase) : t`closed`, incident.centre, ...offered, ...related].join(', ');
}

/** Who goes and when they are there; that nobody goes stands out. */
export function going(incident: Incident, now: string) {
  if (allAboard(incident)) return html`<span class="safe">${t`all aboard a unit`}</span>`;
  const first = firstThere(incident);
  if (!first && !nobodyGoes(incident)) return html`<span class="soft">${t`who goes is not known`}</span>`;
  const proposed = proposedInShort(incident);
  if (!first) return html`<b class=${incident.phase === 'distress' ? 'new' : ''}>${t`nobody going`}</b>${proposed ? html`, ${proposed}` : nothing}`;
  if (!first.eta) return html`<span>${t`${first.unit} goes`}</span>`;
  const due = (Date.parse(first.eta) - Date.parse(now)) / 1000;
  return html`<span>${due > 0 ? t`${first.unit} in ${minutes(due)}, ${clock(first.eta, false)}` : t`${first.unit} was due ${clock(first.eta, false)}`}</span>`;
}

/** More to say than who goes, its phase and its centre. */
const crowded = ({ open, offered_to, related, proposed }: Incident): boolean => !open || [offered_to, related, proposed].some((more) => more?.length);

@customElement('varne-incidents')
export class VarneIncidents extends Panel {
  @property({ attribute: false }) selection: Selection = null;

  @state() private by = 'worst';
  @state() private choice = 'all';
  @state() private words = '';

  private order: string[] = [];
  private readonly held = new Held(this);
  private asked = '';
  private joined = 0;
  /** Rows whose standing needs two lines; while the list is held none grows. */
  private tall = new Set<string>();
  /** The row that Tab comes to: the one last visited. */
  private stop = '';

  static override styles = [
    panelStyles,
    css`
      :host { display: flex; flex-direction: column; }
      header { flex-wrap: wrap; padding-bottom: 4px; }
      .ask { display: grid; grid-template-columns: 1.3fr 1fr 72px; gap: 4px; width: 100%; font-size: 12px; }
      .ask > * { min-width: 0; padding: 2px 4px; }
      ul { overflow-y: auto; flex: 1; min-height: 0; scrollbar-width: thin; }
      li { border-bottom: 1px solid var(--rule); }
      button.row { display: grid; grid-template-columns: 30px 1fr auto; gap: 0 8px; align-items: center; padding: 5px 12px; }
      button[aria-pressed='true'] { background: var(--chosen); box-shadow: inset 3px 0 var(--accent); }
      .name { font-weight: 700; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .second, .going { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .tall :is(.second, .going) { white-space: normal; }
      .second + .number { align-self: start; }
      .mark { grid-row: span 3; width: 28px; height: 28px; align-self: start; margin-top: 3px; }
      .closed .mark { opacity: 0.5; }
      .closed .name { font-weight: 400; }
      .new, .sign { color: var(--distress-text); font-weight: 700; }
      .aboard .name { font-weight: 400; }
      .safe { border: 1px solid currentColor; border-radius: 8px; padding: 0 6px; }
      .none { padding: 12px; }
    `,
  ];

  override willUpdate(): void {
    const { picture } = this;
    const asked = [picture.resets, this.by, this.choice, this.words].join('\n');
    const held = this.held.now && this.asked === asked;
    const next = nextOrder(this.order, wanted(picture.incidents.values(), this.by, this.choice, this.words), held);
    this.joined = held ? this.joined + Math.max(0, next.length - this.order.length) : 0;
    this.order = next;
    if (!held) this.tall = new Set([...picture.incidents.values()].filter(crowded).map(({ id }) => id));
    this.asked = asked;
  }

  override render() {
    const incidents = this.order.flatMap((id) => this.picture.incidents.get(id) ?? []);
    const stop = this.order.includes(this.stop) ? this.stop : this.order[0];
    const open = incidents.filter((incident) => incident.open).length;
    return html`
      <header>
        <h2 id="title">${t`Incidents`}</h2>
        ${this.joined > 0 ? html`<span class="new small">${t`${this.joined} new below`}</span>` : html`<span class="soft small">${t`${open} open, ${incidents.length - open} closed`}</span>`}
        <button class="text small" data-propose ?disabled=${mayNot('order') !== ''} title=${mayNot('order') || t`What proposals go by`}
          @click=${() => void openPropose(this.getRootNode() as ShadowRoot, this.picture)}>${t`Proposals`}</button>
        <div class="ask">
          <select aria-label=${t`Order of the list`} @change=${(event: Event) => (this.by = (event.target as HTMLSelectElement).value)}>
            ${Object.entries(orders).map(([name, { words }]) => html`<option value=${name} ?selected=${name === this.by}>${tr(words)}</option>`)}
          </select>
          <select aria-label=${t`Which incidents`} @change=${(event: Event) => (this.choice = (event.target as HTMLSelectElement).value)}>
            ${Object.entries(choices).map(([name, { words }]) => html`<option value=${name} ?selected=${name === this.choice}>${tr(words)}</option>`)}
          </select>
          <input type="search" placeholder=${t`name`} aria-label=${t`Name, number or centre`} .value=${this.words} @input=${(event: Event) => (this.words = (event.target as HTMLInputElement).value)} />
        </div>
      </header>
      <ul aria-labelledby="title" @keydown=${(event: KeyboardEvent) => walkRows(event, this.renderRoot)}>
        ${incidents.length === 0 ? html`<li class="none soft">${this.picture.incidents.size === 0 ? (this.picture.known ? t`No incident so far.` : t`Waiting for the desk’s picture.`) : t`None of them is such.`}</li>` : nothing}
        ${repeat(incidents, ({ id }) => id, (incident) => this.row(incident, stop))}
      </ul>
    `;
  }

  private row(incident: Incident, stop: string | undefined) {
    const chosen = this.selection?.kind === 'incident' && this.selection.id === incident.id;
    const heard = lastWord(incident);
    const out = stillOut(incident);
    const signs = incident.open ? dangersOf(incident).map((sign) => tr(dangerWords[sign]!)) : [];
    return html`<li class="${incident.open ? '' : 'closed'} ${allAboard(incident) ? 'aboard' : ''} ${this.tall.has(incident.id) ? 'tall' : ''}">
      <button
        class="row"
        data-id=${incident.id}
        aria-pressed=${chosen}
        tabindex=${incident.id === stop ? 0 : -1}
        @focus=${() => (this.stop = incident.id)}
        @click=${() => select(this, { kind: 'incident', id: incident.id }, true)}
      >
        ${phaseMark(incident.phase, allAboard(incident))}
        <span class="name">${incidentName(incident)}</span>
        <span class="number" title=${t`persons still aboard, in the water or missing, of all who set out`}>${
          out === null || !incident.open ? t`${heads(incident.persons)} pob` : t`${heads(out)} out`
        }</span>
        <span class="going small" style="grid-column: 2 / 4">${incident.open ? going(incident, this.picture.now) : (incident.close_reason ?? '')}</span>
        <span class="second soft small" title=${standing(incident)}>${signs.length > 0 ? html`<span class="sign">${signs.join(', ')}</span>, ` : nothing}${standing(incident)}</span>
        <span class="number soft small" title=${t`since the last word from the boat or from somebody who sees it`}>${heard ? age(secondsBetween(heard, this.picture.now)) : t`no word`}</span>
      </button>
    </li>`;
  }

  override focus(): void {
    const row = (which: string) => this.renderRoot.querySelector<HTMLElement>(`button.row${which}`);
    (row('[aria-pressed=true]') ?? row('[tabindex="0"]'))?.focus();
  }
}
