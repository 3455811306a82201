/**
 * A search planned from an incident's forecast: who may search and in what conditions, the desk's plan, its boxes on the chart to
 * be changed by figures or by hand and scored as they are drawn, and the units' orders. It lies beside the chart, which stays in use.
 */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { api } from '../api';
import type { Incident, IncidentDetail, LonLat, Refused } from '../api';
import { KNOT_MPS, bearing, clock, incidentName, kindName, moment, position } from '../format';
import { t } from '../i18n';
import { me } from '../me';
import type { Picture } from '../picture';
import { namesOf, ringOf, waysOf } from '../search';
import type { SearchAsked, SearchBox, SearchOnChart, SearchPlan } from '../search';
import { answerStyles } from './answer';
import { FieldForm, fieldStyles } from './fields';
import { outOfTheDoor, worth } from './search-answer';
import { boxWith, fieldRefused, objects, patterns, searchOf } from './search-asked';
import { SearchOrders } from './search-orders';
import { panelStyles } from './shared';

/** A box on the page: as it was answered, or changed since. */
type Box = SearchBox & { coverage: number | null };

const NAUTICAL_MILE_M = 1852;
const miles = (metres: number): string => (metres / NAUTICAL_MILE_M).toFixed(2);

@customElement('varne-search')
export class VarneSearch extends FieldForm {
  @property({ attribute: false }) picture!: Picture;
  @property({ attribute: false }) incident!: Incident;
  @property({ attribute: false }) detail: IncidentDetail | null = null;

  /** Those on the list, who is there soonest first. */
  @state() private units: string[] = [];
  @state() private ticked: ReadonlySet<string> = new Set();
  @state() private busy = false;
  @state() private plan: SearchPlan | null = null;
  @state() private boxes: Box[] = [];
  /** The box whose figures are open, or -1. */
  @state() private opened = -1;
  private asked: SearchAsked | null = null;
  /** Where the chart tells that a box was dragged. */
  private page: Node | null = null;
  private readonly orders = new SearchOrders(this);

  static override styles = [
    panelStyles,
    fieldStyles,
    answerStyles,
    css`
      :host { position: relative; pointer-events: none; }
      dialog { position: absolute; inset: 0; margin: 0; width: 100%; max-width: none; height: 100%; max-height: none; overflow-y: auto; padding: 0; color: var(--ink); background: var(--panel); border: 0; pointer-events: auto; }
      /* A phone: the lower part of the screen, under the chart. */
      @media (max-width: 760px) { dialog { position: fixed; inset: auto 0 0 0; height: auto; max-height: 42vh; border-top: 2px solid var(--ink-soft); } }
      header { position: sticky; top: 0; z-index: 1; background: var(--panel); }
      .units { max-height: 190px; overflow-y: auto; border: 1px solid var(--rule); border-radius: 4px; padding: 4px 8px; }
      .units label { color: var(--ink); font-size: 13px; }
      .units .more { display: grid; grid-template-columns: repeat(3, 1fr); gap: 6px; padding: 0 0 6px 22px; }
      .plan { padding: 4px 16px 16px; border-top: 1px solid var(--rule); }
      .worth { font-size: 18px; }
      .figures { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 12px; padding: 4px 0 10px; }
      .orders { border: 1px solid var(--ink-soft); border-radius: 6px; padding: 8px 10px; margin-top: 10px; }
      td { overflow-wrap: anywhere; }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.page = this.getRootNode();
    this.page.addEventListener('varne-box-moved', this.dragged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.page?.removeEventListener('varne-box-moved', this.dragged);
  }

  show(): void {
    const there = (this.detail?.reach ?? []).filter(({ track }) => !track).map(({ name }) => name);
    const rest = [...this.picture.units.keys()].filter((name) => !there.includes(name)).sort();
    if (this.units.length === 0) this.units = [...there.filter((name) => this.picture.units.has(name)), ...rest];
    this.dialog?.show();
    window.scrollTo({ top: 0 });
    this.renderRoot.querySelector<HTMLElement>('[name=object]')?.focus();
    void this.learnSea();
    void this.learnLast();
    this.draw();
  }

  close(): void {
    this.dialog?.close();
    this.tell(null);
  }

  get open(): boolean {
    return this.dialog?.open ?? false;
  }

  private get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  /** Wind and waves where the boat was, as the desk has them, until somebody says otherwise. */
  private async learnSea(): Promise<void> {
    const { at } = this.incident;
    const sea = at ? await api.sea(at).catch(() => null) : null;
    const offer = (name: string, value: string | undefined) => {
      const input = this.renderRoot.querySelector<HTMLInputElement>(`[name=${name}]`);
      if (input && !input.value && value) input.value = value;
    };
    offer('wind', sea?.wind ? (sea.wind.speed_mps / KNOT_MPS).toFixed(0) : undefined);
    offer('sea', sea?.wave_height_m?.toFixed(1));
  }

  /** What somebody planned for this boat before, at this console or another. */
  private async learnLast(): Promise<void> {
    const last = this.plan ? null : await api.lastSearch(this.incident.id).catch(() => null);
    if (last && !this.plan && !this.busy) this.take(last);
  }

  override render() {
    return html`<dialog aria-labelledby="title" @keydown=${(event: KeyboardEvent) => this.pressed(event)}>
      <header><h2 id="title">${t`Plan a search`}: ${incidentName(this.incident)}</h2><obc-button variant="flat" @click=${() => this.close()}>${t`Close`}</obc-button></header>
      <form novalidate @submit=${(event: SubmitEvent) => this.submitted(event)}>
        ${this.conditions()} ${this.searchers()}
        <div class="foot wide">
          <div class="small" role="status">
            ${this.busy ? html`<span class="soft">${t`The desk is planning.`}</span>` : nothing}
            ${this.wrong.filter(({ field }) => !field).map(({ what }) => html`<span class="error">${what}</span>`)}
          </div>
          <obc-button variant="raised" ?disabled=${this.busy} @click=${() => this.form.requestSubmit()}>${t`Plan`}</obc-button>
        </div>
        <input type="submit" hidden />
      </form>
      ${this.plan ? this.answer(this.plan) : nothing}
    </dialog>`;
  }

  private conditions() {
    return html`
      ${this.text('object', t`Looked for *`, 'raft 10 person', '', 'objects')}
      <datalist id="objects">${objects.map((object) => html`<option value=${object}></option>`)}</datalist>
      ${this.choice('pattern', t`Pattern`, patterns)}
      ${this.text('from', t`Units are asked at, UTC`, t`now, 07:25 or in 20 min`)} ${this.text('hours', t`Hours of search *`, '2', '2')}
      ${this.text('visibility', t`Visibility, NM`, '10')} ${this.text('wind', t`Wind, kn`, '12')}
      ${this.text('sea', t`Waves, m`, '0.5')} ${this.text('height', t`Height of eye where a unit has none, m`, t`4.3 or 14 ft`)}
      ${this.text('smc', t`Search mission coordinator`, '', me()?.account ?? '')} ${this.text('osc', t`On-scene coordinator`, '')}
      <div class="wide">
        <label><input type="checkbox" name="night" /> ${t`In the dark: no table covers it, only widths that somebody states`}</label>
        <label><input type="checkbox" name="fixed" /> ${t`Boxes stay where they are; else they drift with the datum`}</label>
      </div>`;
  }

  private searchers() {
    const wrong = this.wrongAt('units');
    return html`<fieldset class="wide" aria-describedby=${wrong ? 'units-wrong' : nothing}><legend class="small soft">${t`Who may search`}</legend>
      <div class="units">${repeat(this.units, (unit) => unit, (unit, i) => this.searcher(unit, i))}</div>
      ${wrong ? html`<span id="units-wrong" class="error small" role="alert">${wrong}</span>` : nothing}</fieldset>`;
  }

  private searcher(name: string, i: number) {
    const unit = this.picture.units.get(name);
    const reach = this.detail?.reach?.find((one) => one.name === name);
    const known = unit?.search_speed_mps;
    const remarks = [unit && kindName(unit.kind), typeof reach?.minutes === 'number' ? t`${Math.round(reach.minutes)} min` : '', known ? t`searches at ${(known / KNOT_MPS).toFixed(0)} kn` : ''].filter(Boolean);
    return html`<div><label><input type="checkbox" name="unit_${i}" .checked=${this.ticked.has(name)} @change=${() => this.tick(name)} /> ${name} <span class="soft small">${remarks.join(', ')}</span></label>
      ${this.wrongAt(`unit_${i}`) ? html`<span class="error small" role="alert">${this.wrongAt(`unit_${i}`)}</span>` : nothing}
      ${this.ticked.has(name) ? html`<div class="more">
        ${known ? nothing : this.text(`speed_${i}`, t`Search speed, kn`, '15')}
        ${this.text(`width_${i}`, t`Sweep width, NM`, t`by the tables`)} ${this.text(`source_${i}`, t`Its source`, '')}
        ${this.text(`free_${i}`, t`If it is busy, can be had from, UTC`, t`now, 07:25 or in 20 min`)}</div>` : nothing}</div>`;
  }

  private tick(name: string): void {
    const next = new Set(this.ticked);
    if (!next.delete(name)) next.add(name);
    this.ticked = next;
  }

  private answer(plan: SearchPlan) {
    const { boxes } = this;
    const changed = boxes.some(({ coverage }) => coverage === null);
    return html`<section class="plan" aria-label=${t`The plan`}>
      ${changed ? html`<p class="error">${t`Boxes were changed: what is said of the plan is from before. Score them as drawn.`}</p>` : nothing}
      <p class="soft small">${t`Planned at ${moment(plan.planned, this.picture.today, false)} on forecast ${plan.forecast}.`}</p>
      ${worth(plan)}
      ${boxes.length > 0 ? html`<table>
        <tr><th>${t`Unit`}</th><th>UTC</th><th>${t`NM by NM`}</th><th>${t`Axis`}</th><th>${t`Coverage`}</th><th></th></tr>
        ${boxes.map((box, i) => this.row(box, i))}
      </table>
      <obc-button ?disabled=${this.busy || !changed} @click=${() => this.score()}>${t`Score as drawn`}</obc-button>
      <p class="soft small">${t`A box can be dragged on the chart by the dot at its middle.`}</p>` : nothing}
      ${changed ? nothing : outOfTheDoor(plan, `varne-search-${this.incident.id}`)}
      ${boxes.length > 0 && !changed ? this.orders.render(this.incident, boxes, this.asked?.pattern ?? '', () => this.picture.now, this.picture.mode === 'replay') : nothing}
    </section>`;
  }

  private row(box: Box, i: number) {
    const name = namesOf(this.boxes)[i]!;
    const today = this.picture.today;
    const wrong = this.wrongAt(`box_${i}`);
    const open = this.opened === i;
    return html`<tr>
        <td>${name}</td><td>${moment(box.from, today, false)}–${clock(box.until, false)}</td>
        <td class="number">${miles(box.length_m)} × ${miles(box.width_m)}</td><td class="number">${bearing(box.axis_deg)}</td>
        <td class="number">${box.coverage === null ? t`not scored` : box.coverage.toFixed(2)}</td>
        <td><button type="button" class="text" aria-expanded=${open} aria-label=${t`Change ${name}`} @click=${() => (this.opened = open ? -1 : i)}>${t`Change`}</button></td>
      </tr>
      ${wrong ? html`<tr><td colspan="6" class="error" role="alert">${wrong}</td></tr>` : nothing}
      ${open ? html`<tr><td colspan="6"><div class="figures">
        ${this.figure(i, 'centre', t`Centre when it is begun`, position(box.centre))}
        ${this.figure(i, 'axis', t`Axis, degrees true`, bearing(box.axis_deg))}
        ${this.figure(i, 'length', t`Length along it, NM`, miles(box.length_m))} ${this.figure(i, 'width', t`Width, NM`, miles(box.width_m))}
        ${this.figure(i, 'from', t`From, UTC`, clock(box.from, false))} ${this.figure(i, 'until', t`Until, UTC`, clock(box.until, false))}
      </div></td></tr>` : nothing}`;
  }

  private figure(i: number, field: Parameters<typeof boxWith>[1], words: string, value: string) {
    return html`<label>${words} <input name="box_${field}" .value=${value} autocomplete="off" @change=${(event: Event) => this.retyped(i, field, event.target as HTMLInputElement)} /></label>`;
  }

  private retyped(i: number, field: Parameters<typeof boxWith>[1], input: HTMLInputElement): void {
    const box = boxWith(this.boxes[i]!, field, input.value, this.boxes[i]!.from);
    this.wrong = box ? [] : [{ field: `box_${i}`, what: t`This cannot be read: ${input.value}` }];
    if (box) this.change(i, box);
  }

  private change(i: number, box: SearchBox): void {
    this.boxes = this.boxes.map((each, at) => (at === i ? { ...box, coverage: null } : each));
    this.orders.forget();
    this.draw();
  }

  private readonly dragged = (event: Event): void => {
    const { box, to } = (event as CustomEvent<{ box: number; to: LonLat }>).detail;
    const known = this.boxes[box];
    if (known) this.change(box, { ...known, centre: to });
  };

  private get form(): HTMLFormElement {
    return this.renderRoot.querySelector('form')!;
  }

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const typed: Record<string, string> = {};
    for (const [name, value] of new FormData(this.form)) if (typeof value === 'string') typed[name] = value;
    const { asked, wrong } = searchOf(typed, this.units, this.ticked, this.picture.now);
    if (wrong.length > 0) return this.mark(wrong, this.form);
    void this.ask(asked);
  }

  /** The same search, with the boxes as they are now. */
  private score(): void {
    const boxes = this.boxes.map(({ unit, from, until, centre, length_m, width_m, axis_deg }) => ({ unit, from, until, centre, length_m, width_m, axis_deg }));
    if (this.asked) void this.ask({ ...this.asked, boxes });
  }

  private async ask(asked: SearchAsked): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.wrong = [];
    try {
      this.take(await api.search(this.incident.id, asked));
      void this.updateComplete.then(() => this.renderRoot.querySelector('.plan')?.scrollIntoView({ block: 'nearest' }));
    } catch (error) {
      const what = (error as Refused).message;
      this.mark([{ field: fieldRefused(what, asked, this.units), what }], this.form);
    } finally {
      this.busy = false;
    }
  }

  private take(plan: SearchPlan): void {
    this.asked = { ...plan.asked, boxes: undefined };
    this.plan = plan;
    this.boxes = plan.tasks;
    this.opened = -1;
    this.orders.forget();
    this.draw();
  }

  private draw(): void {
    const names = namesOf(this.boxes);
    const ways = this.plan ? waysOf(this.plan) : new Map<string, LonLat[]>();
    this.tell({
      boxes: this.boxes.map((box, i) => ({ name: names[i]!, centre: box.centre, ring: ringOf(box) })),
      ways: this.boxes.flatMap(({ coverage }, i) => (coverage === null ? [] : [ways.get(names[i]!) ?? []])),
    });
  }

  private tell(onChart: SearchOnChart | null): void {
    this.dispatchEvent(new CustomEvent('varne-search-drawn', { detail: onChart, bubbles: true, composed: true }));
  }

  /** A key that closes it is no key of the page. */
  private pressed(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.close();
  }
}
