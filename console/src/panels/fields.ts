/** A form whose every field can carry what is wrong with it: all is said at once, each at its place. */
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { tr } from '../i18n';
import type { Wrong } from './report-fields';

export const fieldStyles = css`
  form { padding: 12px 16px 14px; display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px; }
  @media (max-width: 520px) { form { grid-template-columns: 1fr; } }
  label { display: block; font-size: 12px; color: var(--ink-soft); }
  label > input:not([type=checkbox], [type=radio]), label > select, label > textarea { display: block; width: 100%; margin-top: 2px; font-size: 13px; min-height: 28px; }
  .wide { grid-column: 1 / -1; }
  [aria-invalid='true'] { border-color: var(--distress-text); border-width: 2px; }
  fieldset { border: 0; padding: 0; margin: 0; }
  .foot { display: flex; flex-wrap: wrap; justify-content: flex-end; align-items: center; gap: 0 8px; }
  .foot > div { flex: 1 0 100%; }
`;

export abstract class FieldForm extends LitElement {
  /** What stands in the way, at its fields; "" is no field's. */
  @state() protected wrong: Wrong[] = [];

  /** Says what is wrong, and leads to the first field of it. */
  protected mark(wrong: Wrong[], form: HTMLFormElement): void {
    this.wrong = wrong;
    const first = wrong.find(({ field }) => field);
    const control = first && form.elements.namedItem(first.field);
    if (control instanceof HTMLElement) control.focus();
  }

  protected wrongAt(name: string): string {
    return this.wrong.filter(({ field }) => field === name).map(({ what }) => what).join(' ');
  }

  protected field(name: string, words: string, control: TemplateResult, style = '') {
    const wrong = this.wrongAt(name);
    return html`<div class=${style}><label>${words} ${control}</label>
      ${wrong ? html`<span id="${name}-wrong" class="error small" role="alert">${wrong}</span>` : nothing}</div>`;
  }

  /** @param list  id of a datalist that offers some */
  protected text(name: string, words: string, example: string, value = '', list = '') {
    const wrong = Boolean(this.wrongAt(name));
    return this.field(
      name, words,
      html`<input name=${name} placeholder=${example} value=${value} autocomplete="off" list=${list || nothing}
        aria-invalid=${wrong} aria-describedby=${wrong ? `${name}-wrong` : nothing} />`,
    );
  }

  /** @param options  value and words; the first chosen where there is no `value` */
  protected choice(name: string, words: string, options: readonly (readonly [string, string])[], value = '') {
    return this.field(name, words, html`<select name=${name} aria-invalid=${Boolean(this.wrongAt(name))}>
      ${options.map(([option, shown]) => html`<option value=${option} ?selected=${option === value}>${tr(shown)}</option>`)}</select>`);
  }
}
