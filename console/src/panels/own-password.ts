/** One's own password, changed with the old one. Loaded when it is first asked for. */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { access } from '../access';
import { t } from '../i18n';
import { FieldForm, fieldStyles } from './fields';
import { fieldNamed } from './report-fields';
import { panelStyles } from './shared';

const names = ['password', 'new', 'repeat'] as const;

@customElement('varne-own-password')
export class VarneOwnPassword extends FieldForm {
  /** It is changed, and with it the session has ended. */
  @property({ attribute: false }) done: () => void = () => undefined;

  @state() private sending = false;

  static override styles = [
    panelStyles,
    fieldStyles,
    css`
      dialog { width: 420px; max-width: 96vw; padding: 0; color: var(--ink); background: var(--panel); border: 1px solid var(--ink-soft); border-radius: 8px; }
      dialog::backdrop { background: rgb(0 0 0 / 45%); }
      form { grid-template-columns: 1fr; }
    `,
  ];

  show(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  override render() {
    return html`<dialog aria-labelledby="title" @close=${() => this.remove()}>
      <header><h2 id="title">${t`Your password`}</h2></header>
      <form novalidate @submit=${(event: SubmitEvent) => void this.submit(event)}>
        <p class="soft">${t`At least 12 characters. You are signed out everywhere, and sign in again with the new one.`}</p>
        ${this.secret('password', t`Your password now`, 'current-password')}
        ${this.secret('new', t`The new one`, 'new-password')}
        ${this.secret('repeat', t`The new one again`, 'new-password')}
        ${this.wrong.filter(({ field }) => !field).map(({ what }) => html`<p class="error" role="alert">${what}</p>`)}
        <div class="foot">
          <obc-button variant="flat" @click=${() => this.renderRoot.querySelector('dialog')?.close()}>${t`Close`}</obc-button>
          <obc-button variant="raised" ?disabled=${this.sending} @click=${() => this.renderRoot.querySelector('form')?.requestSubmit()}>${t`Change it`}</obc-button>
        </div>
        <input type="submit" hidden />
      </form>
    </dialog>`;
  }

  private secret(name: (typeof names)[number], words: string, kind: 'current-password' | 'new-password') {
    const wrong = Boolean(this.wrongAt(name));
    return this.field(name, words, html`<input name=${name} type="password" autocomplete=${kind} aria-invalid=${wrong} aria-describedby=${wrong ? `${name}-wrong` : nothing} />`);
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.sending) return;
    const form = event.target as HTMLFormElement;
    const typed = new FormData(form);
    const [password, wanted, repeated] = names.map((name) => (typed.get(name) as string | null) ?? '') as [string, string, string];
    if (!password) return this.mark([{ field: 'password', what: t`Your password now is needed.` }], form);
    if (wanted !== repeated) return this.mark([{ field: 'repeat', what: t`The two are not the same.` }], form);
    this.sending = true;
    try {
      await access.ownPassword({ password, new: wanted });
      this.renderRoot.querySelector('dialog')?.close();
      this.done();
    } catch (error) {
      const what = (error as Error).message;
      this.mark([{ field: fieldNamed(what, [...names]), what }], form);
    } finally {
      this.sending = false;
    }
  }
}
