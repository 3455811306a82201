/**
 * The captain's page, for a phone: the own unit, its task, the boat it goes to, what the rules say of it, and the captain's
 * yes or no. The no is final: it is sent as it is said, and nobody else can say yes from here.
 */
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api';
import type { Incident, IncidentDetail, Unit, Verdict } from '../api';
import { bearingBetween, distanceBetween } from '../chart/geo';
import { dangerWords, dangersOf, lastWord } from '../danger';
import { age, bearing, clock, distance, heads, incidentName, phaseName, position, secondsBetween, taskName } from '../format';
import { t, tr } from '../i18n';
import { answer, answerStyles, entriesOf } from './answer';
import { Fetched } from './fetched';
import { Panel } from './panel';
import { reportId } from './report-fields';
import { fact, panelStyles, phaseMark, unitMark } from './shared';
import { verdictList, verdictStyles } from './verdicts';

/** Verdicts that ask for the captain's own word. */
const asksCaptain = ({ verdicts }: Verdict): boolean => verdicts.some(({ consents }) => consents.some(({ role }) => role === 'captain'));
const saidBy = ({ verdicts }: Verdict): boolean | null =>
  verdicts.flatMap(({ consents }) => consents).find(({ role }) => role === 'captain')?.given ?? null;

@customElement('varne-captain')
export class VarneCaptain extends Panel {
  /** The unit whose captain this is, and the account that speaks. */
  @property() unit = '';
  @property() account = '';

  @state() private trouble = '';
  @state() private taken: { numbers: number[]; entries: Awaited<ReturnType<typeof entriesOf>> } | null = null;

  private readonly detail = new Fetched<IncidentDetail>(this, (id) => api.incident(id));

  static override styles = [
    panelStyles,
    verdictStyles,
    answerStyles,
    css`
      :host { display: block; max-width: 640px; margin: 0 auto; padding: 8px 12px 24px; font-size: 16px; }
      section { padding: 10px 0; border-top: 1px solid var(--rule); }
      h2 { font-size: 17px; display: flex; gap: 8px; align-items: center; }
      .sign { color: var(--distress-text); font-weight: 700; }
      .two { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; margin: 8px 0; }
      .big { font: inherit; font-weight: 700; min-height: 52px; border-radius: 8px; border: 2px solid var(--ink-soft); background: var(--panel); color: var(--ink); cursor: pointer; }
      .big[aria-pressed='true'] { border-color: var(--accent); background: var(--chosen); }
    `,
  ];

  private get boat(): Incident | null {
    const { picture, unit } = this;
    const named = picture.units.get(unit)?.task?.incident;
    const incident = named ? picture.incidents.get(named) : [...picture.incidents.values()].find(({ open, assigned }) => open && assigned?.some((each) => each.unit === unit));
    return incident ?? null;
  }

  override willUpdate(): void {
    const { boat } = this;
    this.detail.want(boat?.id ?? '', `${boat?.changed ?? ''} ${boat?.verdict ?? 0} ${this.picture.resets}`);
  }

  override render() {
    const { picture, boat } = this;
    const unit = picture.units.get(this.unit);
    return html`<main>
      <section>
        <h2>${unit ? unitMark(unit.kind, unit.state) : nothing} ${this.unit}</h2>
        ${unit
          ? html`<dl>${fact(t`Position`, position(unit.at))} ${fact(t`Aboard now`, unit.aboard ? t`${heads(unit.aboard)} survivors` : t`not known`)}
              ${fact(t`Last heard`, unit.updated ? t`${age(secondsBetween(unit.updated, picture.now))} ago` : t`not yet today`)}</dl>`
          : html`<p class="soft">${t`This unit is not in the picture.`}</p>`}
      </section>
      ${boat ? this.task(boat, unit ?? null) : html`<section><p>${t`No task. The desk will order one when there is need.`}</p></section>`}
      <div role="status">${this.trouble ? html`<p class="error">${this.trouble}</p>` : nothing}${this.taken ? answer(this.taken.numbers, this.taken.entries, this.picture.mode === 'replay') : nothing}</div>
    </main>`;
  }

  private task(boat: Incident, unit: Unit | null) {
    const order = boat.assigned?.find((each) => each.unit === this.unit);
    const heard = lastWord(boat);
    const verdicts = this.detail.value?.verdicts ?? [];
    return html`<section>
        <h2>${phaseMark(boat.phase)} ${order ? t`${taskName(order.task)}: ${incidentName(boat)}` : incidentName(boat)}</h2>
        ${dangersOf(boat).length > 0 ? html`<p class="sign">${dangersOf(boat).map((sign) => tr(dangerWords[sign]!)).join(', ')}</p>` : nothing}
        <dl>
          ${fact(t`Phase`, phaseName(boat.phase))} ${fact(t`Persons aboard`, heads(boat.persons))}
          ${fact(t`Last known (LKP)`, position(boat.at))} ${fact(t`Last word`, heard ? t`${age(secondsBetween(heard, this.picture.now))} ago` : t`no word`)}
          ${unit?.at && boat.at ? fact(t`From you`, `${bearing(bearingBetween(unit.at, boat.at))}, ${distance(distanceBetween(unit.at, boat.at))}`) : nothing}
          ${order?.eta ? fact(t`Expected there`, `${clock(order.eta, false)} UTC`) : nothing}
        </dl>
        ${order ? html`<div class="two">
          <button class="big" @click=${() => void this.send({ kind: 'task_answer', boat: boat.id, unit: this.unit, accepted: true })}>${t`I take this task`}</button>
          <button class="big" @click=${() => void this.send({ kind: 'task_answer', boat: boat.id, unit: this.unit, accepted: false })}>${t`I cannot`}</button></div>` : nothing}
      </section>
      ${verdicts.filter(asksCaptain).map((verdict) => this.consent(boat, verdict))}
      <section>${verdicts.length > 0 ? verdictList(verdicts) : html`<p class="soft">${t`Being fetched.`}</p>`}</section>`;
  }

  private consent(boat: Incident, verdict: Verdict) {
    const said = saidBy(verdict);
    const say = (given: boolean) => () => void this.send({ kind: 'consent', boat: boat.id, role: 'captain', unit: this.unit, response: verdict.response, given });
    return html`<section role="group" aria-label=${verdict.title}>
      <h2>${verdict.title}</h2>
      <p>${t`It needs your consent, for this encounter only. Your no is final: nobody can give it for you.`}</p>
      <div class="two">
        <button class="big" aria-pressed=${said === true} @click=${say(true)}>${t`Yes, I consent`}</button>
        <button class="big" aria-pressed=${said === false} @click=${say(false)}>${t`No, I do not`}</button>
      </div>
    </section>`;
  }

  private async send(report: Record<string, unknown> & { kind: string }): Promise<void> {
    const { now } = this.picture;
    const id = reportId('captain', now);
    try {
      const { entries } = await api.report({ ...report, id, time: now, from: this.account || this.unit } as Parameters<typeof api.report>[0]);
      this.trouble = '';
      this.taken = { numbers: entries, entries: await entriesOf(entries) };
    } catch (error) {
      this.trouble = (error as Error).message;
    }
  }
}
