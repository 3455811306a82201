/** A unit, a mark, or the sea at a place: the small details. */
import { LitElement, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api';
import type { LonLat, SeaHere, Unit, Vector } from '../api';
import { age, bearing, clock, heads, kindName, knots, markName, markSort, position, secondsBetween, taskName } from '../format';
import { Fetched } from './fetched';
import { Panel } from './panel';
import { fact, goTo, panelStyles, unitMark } from './shared';
import { t } from '../i18n';

/** At the least: as many as it can take less those who may be aboard; null where either is not known. */
const freePlaces = ({ capacity, aboard, free }: Unit): number | null => free ?? (capacity === null || !aboard ? null : Math.max(0, capacity - aboard[1]));

@customElement('varne-unit')
export class VarneUnit extends Panel {
  @property() unit = '';

  static override styles = panelStyles;

  override render() {
    const unit = this.picture.units.get(this.unit);
    if (!unit) return html`<div class="body soft">${t`${this.unit} is not in the picture at this time.`}</div>`;
    return html`<div class="body">
      <div style="display:flex;gap:8px;align-items:center">${unitMark(unit.kind, unit.state)}<b>${unit.name}</b></div>
      <dl>
        ${fact(t`Kind`, `${kindName(unit.kind)}, ${unit.state}`)} ${fact(t`Tasked by`, unit.centre)} ${fact(t`Base`, unit.base)}
        ${fact(t`Service speed`, knots(unit.speed_mps))}
        ${fact(t`Can take`, unit.capacity === null ? t`not known` : unit.capacity > 0 ? t`${unit.capacity} survivors` : t`nobody aboard: watches only`)}
        ${fact(t`Aboard now`, unit.aboard ? t`${heads(unit.aboard)} survivors` : t`not known`)}
        ${fact(t`Free places`, freePlaces(unit) ?? t`not known`)}
        ${fact(t`Task`, unit.task ? html`${taskName(unit.task.task)} ${goTo({ kind: 'incident', id: unit.task.incident }, unit.task.boat || unit.task.incident)}${unit.task.eta ? t`, there at ${clock(unit.task.eta, false)} UTC` : ''}` : t`none`)}
        ${fact(t`Position`, position(unit.at))}
        ${fact(t`Over ground`, typeof unit.over_ground_mps === 'number' ? `${knots(unit.over_ground_mps)}, ${bearing(unit.course_deg)}` : t`not known`)}
        ${fact(t`Last heard`, unit.updated ? t`${clock(unit.updated)} UTC, ${age(secondsBetween(unit.updated, this.picture.now))} ago` : t`not yet today`)}
      </dl>
    </div>`;
  }
}

@customElement('varne-mark')
export class VarneMark extends Panel {
  /** Its MMSI. */
  @property() mark = '';

  static override styles = panelStyles;

  override render() {
    const mark = this.picture.marks.get(this.mark);
    if (!mark) return html`<div class="body soft">${t`Mark ${this.mark} has left the picture.`}</div>`;
    return html`<div class="body">
      <div><b>${markName(mark)}</b></div>
      <dl>
        ${fact(t`Is`, markSort(mark))} ${fact('MMSI', mark.mmsi)}
        ${mark.off_position ? fact(t`Says`, html`<b class="error">${t`it is off its charted position`}</b>`) : ''}
        ${fact(t`Position`, position(mark.at))}
        ${fact(t`Last report`, t`${clock(mark.updated)} UTC, ${age(secondsBetween(mark.updated, this.picture.now))} old`)}
      </dl>
    </div>`;
  }
}

@customElement('varne-sea')
export class VarneSea extends LitElement {
  @property({ attribute: false }) at: LonLat = [0, 0];
  @property() now = '';

  private readonly here = new Fetched<SeaHere>(this, (key) => api.sea(key.split(' ').map(Number) as LonLat));

  static override styles = panelStyles;

  override willUpdate(): void {
    // The sea changes slowly: once a minute of the picture's time is news enough.
    this.here.want(this.at.join(' '), this.now.slice(0, 16));
  }

  override render() {
    const { value, trouble } = this.here;
    return html`<div class="body">
      <b>${position(this.at)}</b>
      ${trouble ? html`<p class="error">${trouble}</p>` : value ? answer(value) : html`<p class="soft">${t`Being fetched.`}</p>`}
    </div>`;
  }
}

/** Currents are said by where they set, winds by where they come from. */
function answer(sea: SeaHere) {
  const unknown = t`not known here`;
  const set = (vector: Vector | null | undefined) =>
    vector ? t`${knots(vector.speed_mps)}, setting ${bearing(vector.towards_deg)}` : unknown;
  const from = (vector: Vector | null | undefined) =>
    vector ? t`${knots(vector.speed_mps)} from ${bearing(vector.towards_deg + 180)}` : unknown;
  const number = (value: number | null | undefined, unit: string) =>
    typeof value === 'number' ? `${value.toFixed(1)} ${unit}` : unknown;
  if (sea.land) return html`<dl>${fact(t`Here`, t`land`)} ${fact(t`State`, sea.state)}</dl>`;
  return html`<dl>
    ${fact(t`Tidal stream`, set(sea.current))} ${fact(t`Wind`, from(sea.wind))}
    ${fact(t`Waves`, number(sea.wave_height_m, 'm'))} ${fact(t`Water`, number(sea.water_temperature_c, '°C'))}
    ${fact(t`Depth`, number(sea.depth_m, 'm'))} ${fact(t`Tide level`, number(sea.level_m, 'm'))}
    ${fact(t`Waters`, sea.state || t`of no state`)} ${fact(t`Rescue region`, sea.centre || unknown)}
  </dl>`;
}
