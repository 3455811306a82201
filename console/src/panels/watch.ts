/** The hand-over of a watch: what is outstanding, what is open, what changed since a time; to read together and to print. */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Alarm } from '../alarms';
import type { Entry, Incident } from '../api';
import { dangerWords, dangersOf, lastWord, stillOut, worseFirst } from '../danger';
import { age, clock, day, heads, incidentName, moment, phaseName, position, secondsBetween } from '../format';
import { t, tr } from '../i18n';
import { changesSince, isChange, outstanding } from '../watch';
import type { Changes, Point } from '../watch';
import { parseTime } from './as-said';
import { going } from './incidents';
import { Panel } from './panel';
import { goTo, panelStyles } from './shared';

/** A watch is eight hours until somebody says otherwise. */
const WATCH_MS = 8 * 3_600_000;

@customElement('varne-watch')
export class VarneWatch extends Panel {
  /** Those that are open. */
  @property({ attribute: false }) alarms: Alarm[] = [];

  @state() private since = '';
  @state() private changes: Changes | null = null;
  @state() private trouble = '';

  static override styles = [
    panelStyles,
    css`
      :host { display: block; overflow-y: auto; background: var(--panel); font-size: 14px; }
      article { max-width: 980px; margin: 0 auto; padding: 16px 24px 40px; }
      .head { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: center; border-bottom: 2px solid var(--ink-soft); padding-bottom: 8px; }
      .head .ask { display: flex; gap: 6px; }
      h1 { margin: 0; font-size: 20px; flex: 1; min-width: 220px; }
      h2 { margin: 20px 0 6px; font-size: 16px; }
      h3 { margin: 10px 0 2px; font-size: 14px; color: var(--ink); }
      .grave h3 { color: var(--distress-text); }
      li { padding: 2px 0 2px 12px; }
      .wide { overflow-x: auto; }
      .open :is(th, td) { border-bottom: 1px solid var(--rule); padding: 4px 8px 4px 0; }
      .open th { border-bottom-color: var(--ink-soft); font-size: 12px; }
      .open button.text { padding: 0; }
      .sign { color: var(--distress-text); font-weight: 700; }
      .changes td:first-child { white-space: nowrap; color: var(--ink-soft); width: 84px; font-variant-numeric: tabular-nums; }
      .names { display: none; grid-template-columns: 1fr 1fr; gap: 32px; margin-top: 32px; }
      .names span { border-top: 1px solid; padding-top: 4px; font-size: 12px; }
      @media print {
        :host { overflow: visible; --ink: #000; --ink-soft: #333; --panel: #fff; --rule: #999; --distress-text: #000; --link: #000; font-size: 10pt; }
        article { max-width: none; padding: 0; }
        .ask { display: none; }
        .names { display: grid; }
        tr, li { break-inside: avoid; }
        h2, h3 { break-after: avoid; }
        button.text { text-decoration: none; padding: 0; }
      }
    `,
  ];

  override willUpdate(): void {
    if (this.since || !this.picture.known) return;
    this.since = new Date(Date.parse(this.picture.now) - WATCH_MS).toISOString();
    void this.fetch();
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('h1')?.focus();
  }

  override render() {
    const { picture } = this;
    const open = [...picture.incidents.values()].filter((incident) => incident.open).sort(worseFirst);
    const left = outstanding(picture, this.alarms);
    return html`<slot></slot><article>
      <div class="head">
        <h1 tabindex="-1">${t`Watch hand-over (SITREP)`}</h1>
        <span>${picture.exercise ? html`<b>EXERCISE</b> ` : nothing}${picture.title}</span>
        <b>${picture.now ? day(picture.now) : ''} ${clock(picture.now)} UTC</b>
        <span class="ask">
          <obc-button @click=${() => window.print()}>${t`Print`}</obc-button>
          <obc-button variant="flat" @click=${() => this.dispatchEvent(new CustomEvent('varne-close'))}>${t`Close`}</obc-button>
        </span>
      </div>
      <section aria-labelledby="outstanding">
        <h2 id="outstanding">${t`Outstanding`}</h2>
        ${left.length === 0 ? html`<p>${t`Nothing is outstanding.`}</p>` : nothing}
        ${left.map(({ what, points }, i) => html`<div class=${i === 0 ? 'grave' : ''}><h3>${what} (${points.length})</h3>
          <ul>${points.map((point) => html`<li>${this.point(point)}</li>`)}</ul></div>`)}
      </section>
      <section aria-labelledby="open">
        <h2 id="open">${t`Open incidents (${open.length})`}</h2>
        ${open.length === 0 ? html`<p>${t`No incident is open.`}</p>` : this.table(open)}
      </section>
      <section aria-labelledby="changed">
        <h2 id="changed">${t`Changed since ${moment(this.since, picture.today, false)} UTC`}</h2>
        <form class="ask" @submit=${(event: SubmitEvent) => this.ask(event)}>
          <label>${t`Since (UTC)`} <input name="since" size="10" placeholder=${t`20:00 or 8 h`} aria-invalid=${this.trouble !== ''} /></label>
          <button class="text">${t`Show`}</button>
          ${this.trouble ? html`<span class="error" role="alert">${this.trouble}</span>` : nothing}
        </form>
        ${this.changed()}
      </section>
      <div class="names"><span>${t`Handed over by`}</span><span>${t`Taken over by`}</span></div>
    </article>`;
  }

  private point({ words, selection }: Point) {
    return selection ? html`<span @click=${() => this.dispatchEvent(new CustomEvent('varne-close'))}>${goTo(selection, words)}</span>` : html`<bdi>${words}</bdi>`;
  }

  private table(open: Incident[]) {
    const { picture } = this;
    return html`<div class="wide" tabindex="0" role="region" aria-labelledby="open"><table class="open">
      <thead><tr>${[t`Boat`, t`Phase`, t`Who goes`, t`Still out`, t`Last known (LKP)`, t`Last word`, t`Coordinated by`].map((words) => html`<th scope="col">${words}</th>`)}</tr></thead>
      <tbody>${open.map((incident) => {
        const heard = lastWord(incident);
        const signs = dangersOf(incident).map((sign) => tr(dangerWords[sign]!)).join(', ');
        return html`<tr>
          <td>${this.point({ words: incidentName(incident), selection: { kind: 'incident', id: incident.id } })}</td>
          <td>${phaseName(incident.phase)}${signs ? html`<br /><span class="sign">${signs}</span>` : nothing}</td>
          <td>${going(incident, picture.now)}</td><td>${heads(stillOut(incident))}</td>
          <td>${incident.at ? position(incident.at) : t`position not known`}</td>
          <td>${heard ? t`${age(secondsBetween(heard, picture.now))} ago` : t`no word`}</td><td>${incident.centre}</td></tr>`;
      })}</tbody></table></div>`;
  }

  private changed() {
    const { changes, picture } = this;
    if (!changes) return html`<p class="soft">${t`Being fetched.`}</p>`;
    const entries = [...changes.entries, ...picture.entries.filter((entry) => entry.number > changes.upTo && isChange(entry))];
    const boats = new Map<string, Entry[]>();
    for (const entry of entries) {
      const about = incidentOf(entry);
      boats.set(about, [...(boats.get(about) ?? []), entry]);
    }
    return html`
      ${changes.stoppedAt ? html`<p class="error">${t`The record was read back to ${moment(changes.stoppedAt, picture.today)} UTC and no further: what was before is not here.`}</p>` : nothing}
      ${entries.length === 0 ? html`<p>${t`Nothing has changed since then.`}</p>` : nothing}
      ${[...boats].map(([id, about]) => {
        const incident = picture.incidents.get(id);
        return html`<h3>${incident ? incidentName(incident) : id || t`The desk`}</h3>
          <table class="changes">${about.map(({ time, kind, body }) => html`<tr><td>${moment(time, picture.today)}</td><td>${body.text ?? kind}</td></tr>`)}</table>`;
      })}`;
  }

  private ask(event: SubmitEvent): void {
    event.preventDefault();
    const typed = new FormData(event.target as HTMLFormElement).get('since') as string;
    const since = parseTime(typed, this.picture.now);
    this.trouble = since ? '' : t`Give a time that has passed, in UTC, such as 20:00 or 8 h.`;
    if (!since) return;
    this.since = since;
    void this.fetch();
  }

  private async fetch(): Promise<void> {
    const { since } = this;
    this.changes = null;
    try {
      const changes = await changesSince(since, this.picture.lastEntry);
      if (since === this.since) this.changes = changes;
    } catch (error) {
      if (since === this.since) this.trouble = (error as Error).message;
    }
  }
}

const incidentOf = ({ body }: Entry): string => ('incident' in body && body.incident) || '';
