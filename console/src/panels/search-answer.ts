/** How good a plan is, who is left out of it and why, and what leaves the house: routes, a map, the message. */
import { html, nothing } from 'lit';
import { save } from '../export';
import { t } from '../i18n';
import type { SearchPlan } from '../search';

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** What was planned or scored, against the best possible and the manual's square. */
export function worth(plan: SearchPlan) {
  return html`<p class="worth"><b>${t`POS ${percent(plan.pos)}`}</b></p>
    ${plan.bound > 0 ? html`<p>${t`At least ${Math.floor(100 * plan.at_least)} % of the best possible with the same effort.`} ${t`A manual square on the datum would find ${percent(plan.square_pos)}.`}</p>` : nothing}
    ${worksheets(plan)}
    ${plan.left_out.map(({ unit, why }) => html`<p class="error">${t`${unit} is left out: ${why}`}</p>`)}
    ${plan.notes.length > 0 ? html`<details><summary>${t`What this stands on: ${plan.notes.length}`}</summary><ul class="small">${plan.notes.map((note) => html`<li>${note}</li>`)}</ul></details>` : nothing}`;
}

function worksheets({ worksheet }: SearchPlan) {
  if (worksheet?.pos === undefined || worksheet.own_pos === undefined) return worksheet?.missing ? html`<p>${t`No plan by the worksheets: ${worksheet.missing}`}</p>` : nothing;
  return html`<p>${t`The worksheets' square would find ${percent(worksheet.pos)}; they count on ${percent(worksheet.own_pos)}.`}</p>`;
}

/** @param name  begins every file's name: "varne-search-I7" */
export function outOfTheDoor(plan: SearchPlan, name: string) {
  const file = (words: string, ending: string, type: string, content: string) =>
    html`<button type="button" class="text" @click=${() => save(`${name}.${ending}`, type, content)}>${words}</button>`;
  return html`<h3>${t`Routes and message`}</h3>
    <div>${file('GPX', 'gpx', 'application/gpx+xml', plan.gpx)} ${file('GeoJSON', 'geojson', 'application/geo+json', JSON.stringify(plan.geojson))}
      ${plan.rtz.map((route) => file(`RTZ: ${route.name}`, `${route.name.replace(/[^\w]+/g, '-')}.rtz`, 'application/xml', route.text))}</div>
    <details>
      <summary>${t`Search action message`}</summary>
      <pre tabindex="0" role="region" aria-label=${t`Search action message`}>${plan.message}</pre>
      <button type="button" class="text" @click=${(event: Event) => void copy(event.currentTarget as HTMLElement, plan.message)}>${t`Copy`}</button>
      <button type="button" class="text" @click=${() => print(plan.message)}>${t`Print`}</button>
    </details>`;
}

async function copy(button: HTMLElement, text: string): Promise<void> {
  const done = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  button.textContent = done ? t`Copied` : t`The browser does not let it be copied: select it above.`;
}

/** Only the message goes to the printer. */
function print(text: string): void {
  const frame = document.createElement('iframe');
  frame.className = 'unseen';
  frame.setAttribute('aria-hidden', 'true');
  document.body.append(frame);
  const page = frame.contentDocument!;
  const words = page.createElement('pre');
  words.textContent = text;
  words.style.whiteSpace = 'pre-wrap';
  page.body.append(words);
  frame.contentWindow!.addEventListener('afterprint', () => frame.remove());
  frame.contentWindow!.print();
}
