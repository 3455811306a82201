/** Programs that have a token, and a token for another. */
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { access, scopes } from '../access';
import type { Program } from '../access';
import { day } from '../format';
import { t, tr } from '../i18n';
import { AccessForm } from './access-form';
import { showOnce } from './once';

@customElement('varne-programs')
export class VarnePrograms extends AccessForm {
  @property({ attribute: false }) programs: Program[] = [];
  /** Who sits here may change them. */
  @property({ type: Boolean }) keeps = false;

  static override styles = [...AccessForm.styles, css`td, th { vertical-align: middle; } fieldset label { color: var(--ink); font-size: 13px; } legend { padding: 0; font-size: 12px; color: var(--ink-soft); }`];

  override render() {
    return html`
      ${this.programs.length === 0 ? html`<p class="soft">${t`No program has a token.`}</p>` : html`<table>
        <thead><tr><th scope="col">${t`Program`}</th><th scope="col">${t`What it may do`}</th><th scope="col">${t`Since`}</th><td></td></tr></thead>
        <tbody>${this.programs.map(({ name, scopes: may, made }) => html`<tr>
          <th scope="row"><b>${name}</b></th><td>${may.join(', ')}</td><td>${day(made)}</td>
          <td>${this.keeps ? html`<div class="row">${this.twice(t`Revoke`, t`Yes, void the token of ${name}`, () => void this.send(null, () => access.revoke(name), t`The token of ${name} is void.`))}</div>` : nothing}</td></tr>`)}</tbody>
      </table>`}
      ${this.keeps ? this.form() : this.general()}`;
  }

  private form() {
    const wrong = this.wrongAt('scopes');
    return html`<h3>${t`A token for a program`}</h3>
      <form novalidate @submit=${(event: SubmitEvent) => void this.add(event)}>
        ${this.text('name', t`Name of the program`, 'bridge')}
        <fieldset><legend>${t`What it may do`}</legend>
          ${scopes.map(([scope, words]) => html`<label><input type="checkbox" name="scopes" value=${scope} /> ${scope}: ${tr(words)}</label>`)}
          ${wrong ? html`<span class="error small" role="alert">${wrong}</span>` : nothing}</fieldset>
        ${this.general()}
        <div class="row"><obc-button ?disabled=${this.sending} @click=${() => this.renderRoot.querySelector('form')?.requestSubmit()}>${t`Make the token`}</obc-button></div>
        <input type="submit" hidden />
      </form>`;
  }

  private async add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (this.lacks(form, [['name', t`Name of the program`], ['scopes', t`What it may do`]])) return;
    const { name } = this.typed(form);
    const may = new FormData(form).getAll('scopes').map(String);
    const answer = await this.send(form, () => access.addProgram({ name: name!, scopes: may }), t`${name} has a token.`);
    if (answer) showOnce(t`Token of ${name}`, [[t`Token`, answer.token]]);
  }
}
