/** One incident: its phase and why, who coordinates, who is aboard as each source says, what was reported, who is near. */
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { alarmsAbout } from '../alarms';
import { api } from '../api';
import type { Forecast, Incident, IncidentDetail, PersonState } from '../api';
import type { Cloud } from '../chart/forecast';
import { nearestHour, tally } from '../chart/forecast';
import { allAboard } from '../danger';
import { clock, distance, heads, incidentName, moment, phaseCodes, phaseName, position, relationName } from '../format';
import { mayNot } from '../me';
import type { SearchWanted } from '../searching';
import { reportBehind } from './behind';
import { actOf, deeds, filledIn, withdraws } from './deeds';
import type { Act, Deed } from './deeds';
import { proposals, proposedStyles } from './proposed';
import { verdictList, verdictStyles } from './verdicts';
import { nearest, reachTable } from './reach';
import { Fetched } from './fetched';
import { Panel } from './panel';
import { fact, goTo, panelStyles, phaseMark } from './shared';
import { figure, noted, t, tr } from '../i18n';

const stateWords: Record<PersonState, string> = {
  at_sea: noted`at sea`,
  rescued: noted`rescued`,
  landed: noted`landed`,
  handed_over: noted`handed over ashore`,
  dead: noted`dead`,
  missing: noted`missing`,
};

/** Who has it, and what of a hand-over is under way. */
function coordination({ centre, offered_to, accepted, stands_by }: Incident): string {
  if (stands_by) return t`${centre}; this desk stands by until it is known that they know`;
  if (accepted) return t`${centre}, until its release comes; ${offered_to} has accepted`;
  return offered_to ? t`${centre}; offered to ${offered_to}, not accepted yet` : centre;
}

@customElement('varne-incident')
export class VarneIncident extends Panel {
  @property() incident = '';
  @property({ attribute: false }) forecast: Forecast | null = null;
  @property({ attribute: false }) cloud: Cloud | null = null;
  /** Milliseconds since 1970 where the officer looks ahead, null while the forecast follows the clock. */
  @property({ attribute: false }) ahead: number | null = null;

  private readonly detail = new Fetched<IncidentDetail>(this, (id) => api.incident(id));

  /** Reports as received, by their ids, since somebody opened them. */
  private readonly raw = new Map<string, string>();

  static override styles = [
    panelStyles,
    verdictStyles,
    proposedStyles,
    css`
      .head { display: flex; gap: 10px; align-items: center; }
      .head .mark { width: 34px; height: 34px; }
      .name { font-size: 15px; font-weight: 700; }
      .missing { color: var(--distress-text); font-weight: 700; }
      .notes li { padding: 4px 0; border-top: 1px solid var(--rule); }
      input[type='range'] { width: 100%; accent-color: var(--accent); padding: 0; }
      .deeds { display: flex; flex-wrap: wrap; gap: 6px; margin: 8px 0 0; }
      .deeds details[open] { flex-basis: 100%; }
      .forecast { display: flex; justify-content: space-between; align-items: baseline; gap: 8px; }
    `,
  ];

  override willUpdate(): void {
    const { incident, picture } = this;
    const known = picture.incidents.get(incident);
    // What is not in the picture at this time is not asked for.
    this.detail.want(known ? incident : '', `${known?.changed ?? ''} ${known?.verdict ?? 0} ${picture.resets}`);
  }

  override render() {
    const incident = this.picture.incidents.get(this.incident);
    if (!incident) return html`<div class="body soft">${t`Incident ${this.incident} is not in the picture at this time.`}</div>`;
    const { today } = this.picture;
    return html`<div class="body">
      <div class="head">
        ${phaseMark(incident.phase, !incident.open || allAboard(incident))}
        <div>
          <div class="name">${incidentName(incident)}</div>
          <div>${incident.open ? `${phaseName(incident.phase)} (${phaseCodes[incident.phase]})` : t`closed: ${incident.close_reason ?? ''}`}${allAboard(incident) ? t`, all aboard a unit` : ''}</div>
        </div>
      </div>
      <p>${incident.why}</p>
      <dl>
        ${fact(t`Coordinated by`, coordination(incident))}
        ${fact(t`Opened by`, incident.opened_by ?? '')}
        ${(incident.related ?? []).map(({ incident: id, relation }) => fact(t`Relation`, html`${relationName(relation)} ${goTo({ kind: 'incident', id }, id)}`))}
        ${alarmsAbout(this.picture, incident.id).map((words) => fact(t`Alarm`, words))}
        ${fact(t`Craft`, tr(incident.craft))}
        ${fact(t`Last known (LKP)`, incident.at ? html`${position(incident.at)}` : t`position not known`)}
        ${incident.at ? fact('', `${moment(incident.at_time, today)} UTC${incident.error_m ? t`, within ${distance(incident.error_m)}` : ''}`) : nothing}
        ${fact(t`Opened`, `${moment(incident.opened, today)} UTC`)}
      </dl>
      ${this.actions(incident)}
      ${proposals(incident, [...this.picture.incidents.values()], (deed) => this.act(deed, incident))}
      ${this.persons(incident)} ${this.forecastPart(incident)} ${this.fromServer()}
    </div>`;
  }

  private actions(incident: Incident) {
    const possible = deeds.filter(({ when }) => when(incident));
    const button = (deed: Deed) => html`<button class="deed" data-deed=${deed.name} ?disabled=${mayNot(actOf(deed)) !== ''} title=${mayNot(actOf(deed))} @click=${() => this.act(deed, incident)}>${tr(deed.words)}</button>`;
    return html`<div class="deeds" role="group" aria-label=${t`What can be done or reported`}>${possible.filter(({ common }) => common).map(button)}
      ${possible.length > 0 && possible.every((deed) => mayNot(actOf(deed))) ? html`<p class="soft">${mayNot(actOf(possible[0]!))}</p>` : nothing}
      ${incident.open && incident.forecast ? html`<button class="deed" data-deed="plan_search" @click=${() => this.planSearch(incident)}>${t`Plan a search`}</button>` : nothing}
      <details><summary class="deed">${t`More`}</summary><div class="deeds">${possible.filter(({ common }) => !common).map(button)}</div></details></div>`;
  }

  private planSearch(incident: Incident): void {
    this.dispatchEvent(new CustomEvent<SearchWanted>('varne-plan-search', { detail: { incident, detail: this.detail.value }, bubbles: true, composed: true }));
  }

  private act(deed: Deed, incident: Incident): void {
    this.dispatchEvent(new CustomEvent<Act>('varne-act', { detail: { deed, incident, detail: this.detail.value }, bubbles: true, composed: true }));
  }

  /** The claims side by side: each source's own count, none of them averaged. */
  private persons(incident: Incident) {
    const claims = this.detail.value?.persons_claims ?? [];
    const states = Object.entries(incident.states ?? {}) as [PersonState, [number, number]][];
    return html`<h3>${t`Persons aboard: ${heads(incident.persons)}`}</h3>
      <table>
        ${states
          .filter(([, count]) => count[1] > 0)
          .map(([name, count]) => html`<tr class=${['missing', 'dead'].includes(name) ? 'missing' : ''}>
            <th scope="row">${tr(stateWords[name] ?? name)}</th><td class="number">${heads(count)}</td></tr>`)}
        ${claims.map((claim) => html`<tr>
            <th scope="row" class="small">${claim.counted === false
              ? t`${moment(claim.time, this.picture.today, false)} ${claim.from || claim.source} says, not counted`
              : t`${moment(claim.time, this.picture.today, false)} ${claim.from || claim.source} says`}</th>
            <td class="number">${heads(claim.persons)}</td></tr>`)}
      </table>`;
  }

  private forecastPart(incident: Incident) {
    if (!incident.forecast) return nothing;
    const { forecast, cloud } = this;
    if (!forecast || !cloud) return html`<h3>${t`Forecast ${incident.forecast}`}</h3><p class="soft">${t`Being fetched.`}</p>`;
    const [adrift, ashore, left] = tally(cloud);
    const index = nearestHour(forecast, Date.parse(cloud.time));
    return html`
      <h3>${t`Where it may be at ${clock(cloud.time, false)} UTC`}</h3>
      <div class="forecast">
        <label for="ahead" class="soft small">${this.ahead === null ? t`follows the clock` : t`looking ahead`}</label>
        ${this.ahead === null ? nothing : html`<button class="text small" @click=${() => this.look(null)}>${t`Follow the clock`}</button>`}
      </div>
      <input
        id="ahead" type="range" min="0" max=${forecast.snapshots.length - 1} .value=${String(index)}
        aria-valuetext="${clock(cloud.time, false)} UTC"
        @input=${(event: Event) => this.look(Date.parse(forecast.snapshots[Number((event.target as HTMLInputElement).value)]!.time))}
      />
      <p>${t`Datum ${position(cloud.datum)}`}</p>
      <p class="small">
        ${t`${forecast.description || forecast.leeway}, ${figure(forecast.particles)} particles from ${clock(forecast.from, false)}: ${figure(adrift)} adrift, ${figure(ashore)} ashore${left ? t`, ${figure(left)} beyond the chart` : ''}.`}
        <span class="soft">${t`Contours hold 50 and 90 %. Forces: ${forecast.sources.join('; ')}. Seed ${forecast.seed}.`}</span>
      </p>`;
  }

  private async openRaw({ source, time }: { source: string; time: string }): Promise<void> {
    if (this.raw.has(source)) return;
    const { entries, lastEntry } = this.picture;
    const found = await reportBehind(source, time, entries, lastEntry).catch((error: Error) => error.message);
    this.raw.set(source, found ?? t`The record holds no such report at this time.`);
    this.requestUpdate();
  }

  private look(time: number | null): void {
    this.dispatchEvent(new CustomEvent('varne-ahead', { detail: time, bubbles: true, composed: true }));
  }

  private fromServer() {
    const { value, trouble } = this.detail;
    if (trouble) return html`<p class="error">${trouble}</p>`;
    if (!value) return html`<p class="soft">${t`Notes and units are being fetched.`}</p>`;
    const known = this.picture.incidents.get(this.incident);
    const notes = value.notes ?? [];
    const postings = value.postings ?? [];
    return html`
      ${verdictList(value.verdicts ?? [])}
      ${value.reach ? reachTable(value.reach) : nearest(value.units ?? [])}
      <h3>${t`Reported`}</h3>
      <ul class="notes">
        ${[...notes].reverse().map((note) => html`<li>
          <span class="soft small">${moment(note.time, this.picture.today)} ${note.source}</span><br />${note.what}
          <details class="small" @toggle=${(event: ToggleEvent) => event.newState === 'open' && void this.openRaw(note)}>
            <summary>${t`As received`}</summary><pre>${this.raw.get(note.source) ?? t`Being fetched.`}</pre>
            ${known && !mayNot('order') ? html`<button class="text" @click=${() => this.act(filledIn(withdraws, { evidence: note.source }), known)}>${t`This was wrong: withdraw it`}</button>` : nothing}
          </details>
        </li>`)}
      </ul>
      ${postings.length > 0
        ? html`<h3>${t`Counted`}</h3>
            <table>
              ${postings.map((posting) => html`<tr>
                <td class="soft small">${moment(posting.time, this.picture.today, false)}</td>
                <td class="small">${t`${posting.from} to ${posting.to}`}</td>
                <td class="number">${heads(posting.persons)}</td></tr>`)}
            </table>`
        : nothing}`;
  }
}
