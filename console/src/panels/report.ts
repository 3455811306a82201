/** A call for help or a sighting, as the officer at the telephone types it in. Loaded when it is first asked for. */
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api';
import type { LonLat } from '../api';
import { clock, position } from '../format';
import { noted, t } from '../i18n';
import { ReportForm } from './form';
import type { Typed } from './form';
import { doubtsOf, reportOf } from './report-fields';
import type { Sent, Wrong } from './report-fields';

const crafts = [noted`inflatable`, noted`kayak`, noted`dinghy`, noted`yacht`, noted`motor boat`, noted`person`];

@customElement('varne-report')
export class VarneReport extends ReportForm {
  /** The place chosen on the chart, to begin with. */
  @property({ attribute: false }) at: LonLat | null = null;

  @state() private kind: 'call' | 'sighting' = 'call';

  protected override heading(): string {
    return t`New report, ${clock(this.now)} UTC`;
  }

  protected override fields() {
    const call = this.kind === 'call';
    return html`
      <fieldset class="kinds wide" aria-label=${t`Kind of report`}>
        <label><input type="radio" name="kind" value="call" .defaultChecked=${call} .checked=${call} @change=${() => (this.kind = 'call')} />${t`Call for help`}</label>
        <label><input type="radio" name="kind" value="sighting" .defaultChecked=${!call} .checked=${!call} @change=${() => (this.kind = 'sighting')} />${t`Sighting`}</label>
      </fieldset>
      ${this.text('from', t`Who reports`, t`caller, CROSS Gris-Nez, a ship’s name`)}
      ${this.text('heard', t`Heard at, UTC, where it was not now`, t`07:25 or 5 min ago`)}
      ${this.text('boat', t`Boat, where a name is agreed`, t`Charlie`)}
      ${this.text('at', t`Position`, '51 02.35 N 001 21.10 E', this.at ? position(this.at) : '')}
      ${this.text('error_nm', t`Position good to, nautical miles`, '0.5')}
      ${this.choice('craft', t`Craft`, [['', t`not said`], ...crafts.map((craft) => [craft, craft] as const)])}
      ${this.text('persons', t`Persons aboard`, t`30, 30-35 or about 40`)}
      ${call ? html`${this.text('children', t`Children among them`, '')} ${this.text('injured', t`Injured among them`, '')}` : nothing}
      <div class="four wide">
        ${call
          ? html`${this.said('distress', t`Need help at once`)} ${this.said('people_in_water', t`People in the water`)}
              ${this.said('taking_water', t`Taking water`)} ${this.said('engine_stopped', t`Engine stopped`)}`
          : html`${this.said('empty', t`Nobody aboard`)} ${this.said('people_in_water', t`People in the water`)}`}
      </div>
      ${this.field('text', t`In the caller’s words (no names of those aboard)`, html`<textarea name="text" rows="2"></textarea>`, 'wide')}`;
  }

  protected override read(typed: Typed, id: string) {
    return reportOf(typed, id, this.now);
  }

  /** A sea that does not answer raises no doubt: a report is never kept waiting for it. */
  protected override doubts = async (report: Sent): Promise<Wrong[]> => {
    const sea = (at: LonLat) => (Math.abs(at[1]) <= 90 ? api.sea(at).catch(() => null) : Promise.resolve(null));
    const { at } = report;
    const [here, swapped] = at ? await Promise.all([sea(at), sea([at[1], at[0]])]) : [null, null];
    return doubtsOf(report, this.now, here, swapped);
  };
}
