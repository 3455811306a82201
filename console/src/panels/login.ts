/** Signing in. Loaded where the desk asks for it. */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, ask } from '../api';
import { t } from '../i18n';
import { panelStyles } from './shared';

@customElement('varne-login')
export class VarneLogin extends LitElement {
  /** Why: "ended" where somebody was signed in, "changed" where they gave themselves another password. */
  @property() why = '';

  @state() private trouble = '';
  @state() private sending = false;
  /** A provider's word signs people in too. */
  @state() private offered = false;

  static override styles = [
    panelStyles,
    css`
      :host { display: grid; place-items: center; min-height: 100vh; background: var(--page); }
      form { display: grid; gap: 12px; width: 340px; max-width: calc(100vw - 24px); padding: 20px 24px; background: var(--panel); border: 1px solid var(--rule); border-radius: 8px; }
      h1 { margin: 0; font-size: 20px; }
      label { display: block; color: var(--ink-soft); }
      input:not([hidden]) { display: block; width: 100%; margin-top: 2px; min-height: 36px; font-size: 15px; }
      a { color: var(--link); }
    `,
  ];

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
    void ask<{ offered: boolean }>('/api/oidc/offered').then(({ offered }) => (this.offered = offered), () => undefined);
  }

  override render() {
    return html`<main><form @submit=${(event: SubmitEvent) => void this.submit(event)}>
      <h1>Varne</h1>
      <p>${this.why === 'changed' ? t`Your password is changed. Sign in with the new one.` : this.why === 'ended' ? t`Your session has ended. Sign in again to go on.` : t`Sign in to this desk.`}</p>
      <label>${t`Account`} <input name="account" autocomplete="username" autocapitalize="none" spellcheck="false" required /></label>
      <label>${t`Password`} <input name="password" type="password" autocomplete="current-password" required /></label>
      <label>${t`One-time code, where your account has one`} <input name="code" inputmode="numeric" autocomplete="one-time-code" /></label>
      ${this.trouble ? html`<p class="error" role="alert">${this.trouble}</p>` : nothing}
      <obc-button variant="raised" ?disabled=${this.sending} @click=${() => this.renderRoot.querySelector('form')?.requestSubmit()}>${t`Sign in`}</obc-button>
      <input type="submit" hidden />
      ${this.offered ? html`<a href="/api/oidc">${t`Sign in with the provider`}</a>` : nothing}
    </form></main>`;
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const said = (name: string) => (form.get(name) as string | null)?.trim() ?? '';
    this.sending = true;
    try {
      await api.login({ account: said('account'), password: (form.get('password') as string | null) ?? '', ...(said('code') ? { code: said('code') } : {}) });
      location.reload();
    } catch (error) {
      this.trouble = (error as Error).message;
      this.sending = false;
    }
  }
}
