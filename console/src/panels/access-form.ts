/** What the forms of the accounts share: a request that is refused says so at its field. */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { css, html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { madePassword, speaksFor, spokenFor } from '../access';
import { t } from '../i18n';
import { roleName, roles } from '../me';
import type { Picture } from '../picture';
import { FieldForm, fieldStyles } from './fields';
import { fieldNamed } from './report-fields';
import { panelStyles } from './shared';

export abstract class AccessForm extends FieldForm {
  @property({ attribute: false }) picture!: Picture;

  @state() protected chosen = 'watch_officer';
  /** A password that was made here is read out: it is not hidden. */
  @state() private made = '';
  @state() protected sending = false;
  /** What was asked about and not yet done. */
  @state() private asked = '';

  static override styles = [
    panelStyles,
    fieldStyles,
    css`
      form { padding: 6px 0; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); align-items: end; }
      .password { position: relative; }
      .password button { position: absolute; right: 0; top: -4px; }
      .row { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
    `,
  ];

  /** Sends it and tells the page what was done; what is refused stands at the field it is about. @returns null where it was refused */
  protected async send<T>(form: HTMLFormElement | null, ask: () => Promise<T>, done: string): Promise<T | null> {
    if (this.sending) return null;
    this.sending = true;
    this.asked = '';
    this.wrong = [];
    try {
      const answer = await ask();
      form?.reset();
      this.made = '';
      this.dispatchEvent(new CustomEvent<string>('varne-access', { detail: done, bubbles: true, composed: true }));
      return answer;
    } catch (error) {
      const what = (error as Error).message;
      const names = form ? [...form.elements].map((each) => (each as HTMLInputElement).name) : [];
      const refused = [{ field: fieldNamed(what, names), what }];
      if (form) this.mark(refused, form);
      else this.wrong = refused;
      return null;
    } finally {
      this.sending = false;
    }
  }

  protected office(role: string, unit: string) {
    const names = spokenFor(this.chosen, this.picture);
    const words = speaksFor(this.chosen) === 'unit' ? t`Unit` : t`Centre`;
    return html`<div @change=${(event: Event) => (event.target as HTMLSelectElement).name === 'role' && (this.chosen = (event.target as HTMLSelectElement).value)}>
        ${this.choice('role', t`Office`, roles.map((each) => [each, roleName(each)] as const), role)}</div>
      ${speaksFor(this.chosen) ? this.choice('unit', words, [['', '–'], ...[...new Set(unit && this.chosen === role ? [unit, ...names] : names)].map((name) => [name, name] as const)], unit) : html`<div></div>`}`;
  }

  protected password(words: string) {
    const wrong = this.wrongAt('password');
    return html`<div class="password">
      <label>${words} <input name="password" type=${this.made ? 'text' : 'password'} .value=${this.made} autocomplete="new-password" spellcheck="false"
        aria-invalid=${wrong !== ''} aria-describedby=${wrong ? 'password-wrong' : nothing} /></label>
      ${wrong ? html`<span id="password-wrong" class="error small" role="alert">${wrong}</span> ` : nothing}
      <button type="button" class="text small" @click=${() => (this.made = madePassword())}>${t`Make one`}</button></div>`;
  }

  /** What is wrong and no field's. */
  protected general() {
    return html`${this.wrong.filter(({ field }) => !field).map(({ what }) => html`<p class="error wide" role="alert">${what}</p>`)}`;
  }

  /** What cannot be taken back, or ends somebody's watch, is asked for twice; a double click is one press. */
  protected twice(words: string, sure: string, act: () => void) {
    const asking = this.asked === sure;
    const press = (event: MouseEvent) => {
      if (event.detail > 1) return;
      if (asking) act();
      else this.asked = sure;
    };
    return html`<obc-button variant=${asking ? 'raised' : 'normal'} @click=${press}>${asking ? sure : words}</obc-button>
      ${asking ? html`<button type="button" class="text" @click=${() => (this.asked = '')}>${t`Leave it`}</button>` : nothing}`;
  }

  /** Fields of a form by name, as typed. */
  protected typed(form: HTMLFormElement): Record<string, string> {
    const fields: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields[name] = name === 'password' ? value : value.trim();
    return fields;
  }

  /** What is needed and missing is said all at once. */
  protected lacks(form: HTMLFormElement, needed: readonly (readonly [string, string])[]): boolean {
    const typed = this.typed(form);
    const wrong = needed.filter(([name]) => !typed[name]).map(([field, words]) => ({ field, what: t`${words} is needed.` }));
    if (wrong.length > 0) this.mark(wrong, form);
    return wrong.length > 0;
  }
}
