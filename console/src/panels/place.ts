/** A unit, or the sea at a place: the two small details. */
import { LitElement, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api';
import type { LonLat, SeaHere, Vector } from '../api';
import { age, bearing, clock, heads, knots, position, secondsBetween } from '../format';
import { Fetched } from './fetched';
import { Panel } from './panel';
import { fact, panelStyles, unitMark } from './shared';

@customElement('varne-unit')
export class VarneUnit extends Panel {
  @property() unit = '';

  static override styles = panelStyles;

  override render() {
    const unit = this.picture.units.get(this.unit);
    if (!unit) return html`<div class="body soft">${this.unit} is not in the picture at this time.</div>`;
    return html`<div class="body">
      <div style="display:flex;gap:8px;align-items:center">${unitMark(unit.kind, unit.state)}<b>${unit.name}</b></div>
      <dl>
        ${fact('Kind', `${unit.kind}, ${unit.state}`)} ${fact('Tasked by', unit.centre)} ${fact('Base', unit.base)}
        ${fact('Service speed', knots(unit.speed_mps))}
        ${fact('Can take', unit.capacity > 0 ? `${unit.capacity} survivors` : 'nobody aboard: watches only')}
        ${fact('Aboard now', unit.aboard ? `${heads(unit.aboard)} survivors` : 'not known')}
        ${fact('Position', position(unit.at))}
        ${fact('Over ground', `${knots(unit.over_ground_mps)}, ${bearing(unit.course_deg)}`)}
        ${fact('Last heard', unit.updated ? `${clock(unit.updated)} UTC, ${age(secondsBetween(unit.updated, this.picture.now))} ago` : 'not yet today')}
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
      ${trouble ? html`<p class="error">${trouble}</p>` : value ? answer(value) : html`<p class="soft">Being fetched.</p>`}
    </div>`;
  }
}

/** Currents are said by where they set, winds by where they come from. */
function answer(sea: SeaHere) {
  const unknown = 'not known here';
  const set = (vector: Vector | null | undefined) =>
    vector ? `${knots(vector.speed_mps)}, setting ${bearing(vector.towards_deg)}` : unknown;
  const from = (vector: Vector | null | undefined) =>
    vector ? `${knots(vector.speed_mps)} from ${bearing(vector.towards_deg + 180)}` : unknown;
  const number = (value: number | null | undefined, unit: string) =>
    typeof value === 'number' ? `${value.toFixed(1)} ${unit}` : unknown;
  if (sea.land) return html`<dl>${fact('Here', 'land')} ${fact('State', sea.state)}</dl>`;
  return html`<dl>
    ${fact('Tidal stream', set(sea.current))} ${fact('Wind', from(sea.wind))}
    ${fact('Waves', number(sea.wave_height_m, 'm'))} ${fact('Water', number(sea.water_temperature_c, '°C'))}
    ${fact('Depth', number(sea.depth_m, 'm'))} ${fact('Tide level', number(sea.level_m, 'm'))}
    ${fact('Waters', sea.state || 'of no state')} ${fact('Rescue region', sea.centre || unknown)}
  </dl>`;
}
