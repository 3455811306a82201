/** What is allowed for a boat here and now, and why: duties first, then what a condition or a consent still withholds. */
import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DoctrineVerdict, Verdict } from '../api';
import { clock } from '../format';
import { roleName } from '../me';
import { noted, t, tr } from '../i18n';

export const verdictStyles = css`
  .verdict { border-top: 1px solid var(--rule); padding: 4px 0; }
  .verdict summary { cursor: pointer; display: flex; justify-content: space-between; gap: 8px; }
  .verdict .ruling { white-space: nowrap; font-weight: 700; }
  .verdict .ruling.owed { color: var(--distress-text); }
  .verdict .ruling.held { font-weight: 400; color: var(--ink-soft); }
  .reasons { list-style: none; margin: 4px 0; padding: 0; }
  .reasons li { display: flex; gap: 8px; padding: 2px 0; }
  .reasons .truth { flex: none; width: 62px; font-weight: 700; }
`;

const truths = { yes: noted`YES`, no: noted`NO`, unknown: noted`UNKNOWN` };

/** Duties, then permissions, then the rest; each as its doctrine has it. */
const order = [noted`required`, noted`conflict`, noted`permitted`, noted`forbidden`, noted`unknown`, noted`refused`, noted`not called for`, noted`not in force`];
const rank = ({ ruling }: Verdict) => {
  const at = order.indexOf(ruling);
  return at < 0 ? order.length : at;
};
const look = (ruling: string) => (ruling === 'required' || ruling === 'conflict' ? 'owed' : ruling === 'permitted' || ruling === 'forbidden' ? '' : 'held');

/** Rescue needs no permission: what is not known of it is only whether it is owed. */
const ruled = ({ kind, ruling }: Verdict) => (kind === 'rescue' && ruling === 'unknown' ? noted`may be owed` : ruling);

export function verdictList(verdicts: Verdict[]): TemplateResult | typeof nothing {
  if (verdicts.length === 0) return nothing;
  const others = verdicts.filter(({ kind }) => kind !== 'rescue');
  const none = others.length > 0 && others.every(({ ruling }) => look(ruling) === 'held');
  return html`<h3>${t`What the rules say now`}</h3>
    ${none ? html`<p class="soft small">${t`Nothing but rescue is permitted now: of each of the others a condition does not hold or is not known, or a consent is missing. Open one to see which. That is no rule against it.`}</p>` : nothing}
    ${[...verdicts].sort((a, b) => rank(a) - rank(b) || Number(b.response === 'rescue') - Number(a.response === 'rescue')).map((verdict) => html`<details class="verdict">
      <summary><span>${verdict.title}</span><span class="ruling ${look(verdict.ruling)}">${tr(ruled(verdict))}</span></summary>
      ${verdict.overrides.map((one) => html`<p class="small"><b>${t`Overridden by ${one.from} (${one.role}) until ${clock(one.until, false)}:`}</b>
        ${t`${one.reason}. The verdict stands; entry ${one.entry}.`}</p>`)}
      ${verdict.verdicts.map(reasons)}
      ${verdict.entry ? html`<p class="soft small">${t`Said in entry ${verdict.entry}; “varne why ${verdict.entry}” gives every source.`}</p>` : nothing}
    </details>`)}`;
}

function reasons(verdict: DoctrineVerdict): TemplateResult {
  const from = (said: { source: string; at: string }[] = []) => said.map(({ source, at }) => `${source}, ${clock(at, false)}`).join('; ');
  return html`<p class="small"><b>${verdict.doctrine.title}.</b> ${verdict.summary}.</p>
    <ul class="reasons small">
      ${verdict.rules.map(({ says, truth, said }) => html`<li><span class="truth">${tr(truths[truth])}</span>
        <span>${says}${said && said.length > 0 ? html` <span class="soft">(${from(said)})</span>` : nothing}</span></li>`)}
      ${verdict.consents.map(({ role, given, by, at }) => html`<li><span class="truth">${given === null ? t`OPEN` : given ? t`YES` : t`NO`}</span>
        <span>${t`the ${roleName(role)} agrees`}${by ? html` <span class="soft">(${by}, ${clock(at, false)})</span>` : nothing}</span></li>`)}
    </ul>`;
}
