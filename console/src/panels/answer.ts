/** What a report has changed, in the record's own words, each leading to its entry. */
import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { api } from '../api';
import type { Entry } from '../api';
import { entryNumbers } from '../format';
import { t } from '../i18n';

export const answerStyles = css`
  .answer { margin: 0; padding: 0; list-style: none; max-height: 30vh; overflow-y: auto; }
  .answer li { padding: 2px 0; }
  .answer button { white-space: nowrap; }
`;

/** The entries themselves; none where the server does not answer: the report is taken all the same. */
export async function entriesOf(numbers: number[]): Promise<Entry[]> {
  if (numbers.length === 0) return [];
  const wanted = new Set(numbers);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  const { entries } = await api.entriesBefore(last + 1, Math.min(1000, last - first + 1)).catch(() => ({ entries: [] as Entry[] }));
  return entries.filter(({ number }) => wanted.has(number));
}

/** @param tried  in a sandbox: no record has it */
export function answer(numbers: number[], entries: Entry[], tried = false): TemplateResult | typeof nothing {
  if (numbers.length === 0) return nothing;
  const show = (number: number) => (event: Event) =>
    event.currentTarget!.dispatchEvent(new CustomEvent('varne-entry', { detail: number, bubbles: true, composed: true }));
  return html`<span>${tried ? t`Tried in the sandbox as ${entryNumbers(numbers)}.` : t`Taken into the record as ${entryNumbers(numbers)}.`}</span>
    <ul class="answer small">
      ${entries.map(({ number, kind, body }) => html`<li><button type="button" class="text" @click=${show(number)}>${t`entry ${number}`}</button> ${kind === 'refused' ? html`<b class="error">${t`Refused:`}</b> ` : nothing}${body.text ?? kind}</li>`)}
    </ul>`;
}
