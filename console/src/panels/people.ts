/** The day's people account: everybody who set out is somewhere, and who is missing stays open. */
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Claim, HeadCount, People } from '../api';
import { day, heads } from '../format';
import { panelStyles } from './shared';
import { noted, t, tr } from '../i18n';

const subjects: Record<string, string> = {
  set_out: noted`set out`,
  arrived: noted`arrived`,
  prevented: noted`prevented`,
  cumulative_arrived: noted`arrived so far this year`,
};

@customElement('varne-people')
export class VarnePeople extends LitElement {
  @property({ attribute: false }) people: People | null = null;

  static override styles = [
    panelStyles,
    css`
      :host { display: flex; flex-direction: column; }
      .body { overflow-y: auto; min-height: 0; scrollbar-width: thin; }
      .set-out th, .set-out td { font-weight: 700; color: var(--ink); padding-bottom: 4px; }
      .missing th, .missing td { color: var(--distress-text); font-weight: 700; }
      .badge { padding: 1px 8px; border-radius: 10px; border: 1px solid currentColor; }
      .claims td { font-size: 12px; }
      .claims { border-top: 1px solid var(--rule); margin-top: 6px; padding-top: 2px; }
    `,
  ];

  override render() {
    const { people } = this;
    if (!people) return html`<header><h2>${t`People`}</h2></header><div class="body soft">${t`Nobody counted so far.`}</div>`;
    return html`
      <header>
        <h2>${t`People`}</h2>
        ${badge(people)}
      </header>
      <div class="body" tabindex="0" role="region" aria-label=${t`People account`}>
        <table>
          <tbody>
            ${line(t`Set out`, people.set_out, 'set-out')}
            ${line(t`prevented from leaving`, people.prevented)} ${line(t`at sea`, people.at_sea)}
            ${line(t`aboard a rescue unit`, people.rescued)}
            ${line(t`landed, ${people.boats_landed} boats`, people.landed)}
            ${people.handed_over[1] > 0 ? line(t`handed over ashore`, people.handed_over) : nothing}
            ${line(t`dead`, people.dead, people.dead[1] > 0 ? 'missing' : '')}
            ${line(people.missing[1] > 0 ? t`missing, open` : t`missing`, people.missing, people.missing[1] > 0 ? 'missing' : '')}
          </tbody>
        </table>
        ${people.claims.length > 0 ? claimsTable(people.claims) : nothing}
      </div>
    `;
  }
}

/** Somebody at sea, aboard a unit or missing leaves the account open; with nobody out it has to balance. */
function badge(people: People) {
  const open = people.at_sea[1] + people.rescued[1] + people.missing[1] > 0;
  if (!open && !people.balanced) return html`<span class="badge error small" role="alert">${t`does not balance`}</span>`;
  if (people.set_out[1] === 0) return html`<span class="badge soft small">${t`nobody counted so far`}</span>`;
  return html`<span class="badge soft small">${open ? t`open: not everybody is ashore` : t`everybody accounted for`}</span>`;
}

const line = (name: string, count: HeadCount, style = '') =>
  html`<tr class=${style}><th scope="row">${name}</th><td class="number">${heads(count)}</td></tr>`;

/** Published figures stand beside the account and never in it. */
const claimsTable = (claims: Claim[]) => html`
  <div class="claims">
    <h3>${t`Published, not in the account`}</h3>
    <table>
      <tbody>
        ${claims.map(
          (claim) => html`<tr>
            <td>
              ${tr(subjects[claim.subject] ?? claim.subject)}${claim.boats ? t`, ${claim.boats} boats` : ''}<br />
              <span class="soft">${claim.from}, ${day(claim.time)}${claim.status ? `, ${claim.status}` : ''}</span>
            </td>
            <td class="number">${heads(claim.persons)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>
`;
