/** Who the desk proposes should go to a boat, and why; or why nobody can be proposed. People order, or say why not. */
import { css, html, nothing } from 'lit';
import type { Incident, Proposed } from '../api';
import { clock } from '../format';
import { t } from '../i18n';
import { mayNot } from '../me';
import { declines, deeds, filledIn } from './deeds';
import type { Deed } from './deeds';

export const proposedStyles = css`
  .proposed { margin: 8px 0 0; padding: 6px 9px; border: 1px solid var(--rule); border-left: 4px solid var(--unit); border-radius: 4px; }
  .proposed.none { border-left-color: var(--distress); }
`;

const order = deeds.find(({ name }) => name === 'order')!;

/** "Proposed: RNLI Dover, after I2, there at about 03:40, then to I4" */
function words({ unit, stop, eta }: Proposed, incidents: Incident[]): string {
  const round = incidents.flatMap(({ id, proposed = [] }) => proposed.filter((one) => one.unit === unit).map((one) => ({ id, stop: one.stop })));
  const boats = (which: (other: number) => boolean) => round.filter((one) => which(one.stop)).sort((a, b) => a.stop - b.stop).map(({ id }) => id).join(', ');
  const before = boats((other) => other < stop);
  const after = boats((other) => other > stop);
  return [
    t`Proposed: ${unit}`,
    ...(stop > 1 ? [before ? t`after ${before}` : t`after another boat`] : []),
    eta ? t`there at about ${clock(eta, false)}` : t`its arrival is not known`,
    ...(after ? [t`then to ${after}`] : []),
  ].join(', ');
}

/** What the row of the list has room for. */
export function proposedInShort({ proposed = [] }: Incident): string {
  const first = proposed[0];
  if (!first) return '';
  return first.eta ? t`${first.unit} proposed, ${clock(first.eta, false)}` : t`${first.unit} proposed`;
}

/**
 * @param incidents  all that are in the picture: a unit's round may lead to several
 * @param act        opens the form of a deed
 */
export function proposals(incident: Incident, incidents: Incident[], act: (deed: Deed) => void) {
  const { proposed = [], nobody } = incident;
  const button = (deed: Deed, said: string, name: string) =>
    html`<button class="deed" data-deed=${name} ?disabled=${mayNot('order') !== ''} title=${mayNot('order')} @click=${() => act(deed)}>${said}</button>`;
  return html`${proposed.map((one) => html`<div class="proposed">
      <b>${words(one, incidents)}</b>
      <p class="small">${one.text}</p>
      <div class="deeds">
        ${button(filledIn(order, { unit: one.unit, task: 'rescue' }), t`Order it`, 'order_proposed')}
        ${button(filledIn(declines, { unit: one.unit, from: one.unit }), t`It declines`, 'decline_proposed')}
      </div>
    </div>`)}
    ${nobody ? html`<p class="proposed none"><b class="error">${t`Nobody can be proposed:`}</b> ${nobody}</p>` : nothing}`;
}
