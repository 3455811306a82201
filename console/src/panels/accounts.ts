/** Who may sign in at this desk, and which programs have a token: administrators keep it, auditors read it. Loaded when it is first asked for. */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { access } from '../access';
import type { Account, Program } from '../access';
import { day } from '../format';
import { t } from '../i18n';
import { mayNot, me, roleName } from '../me';
import type { Picture } from '../picture';
import './account';
import './programs';
import { panelStyles } from './shared';

@customElement('varne-accounts')
export class VarneAccounts extends LitElement {
  @property({ attribute: false }) picture!: Picture;

  @state() private accounts: Account[] | null = null;
  @state() private programs: Program[] = [];
  /** Whose account is being changed. */
  @state() private open = '';
  @state() private done = '';
  @state() private trouble = '';

  static override styles = [
    panelStyles,
    css`
      dialog { width: 940px; max-width: 96vw; max-height: 94vh; padding: 0; color: var(--ink); background: var(--panel); border: 1px solid var(--ink-soft); border-radius: 8px; }
      dialog::backdrop { background: rgb(0 0 0 / 45%); }
      header { position: sticky; top: 0; z-index: 1; background: var(--panel); padding: 6px 16px; }
      h2 { font-size: 16px; }
      h3 { font-size: 14px; color: var(--ink); }
      .body { padding: 4px 16px 20px; }
      .wide { overflow-x: auto; }
      .status { min-height: 20px; margin: 6px 0; font-weight: 600; }
      th, td { padding: 5px 8px 5px 0; border-bottom: 1px solid var(--rule); }
      tr.open > * { border-bottom: 0; }
      tr.of > td { padding: 0 0 14px 12px; border-left: 4px solid var(--accent); }
      /* A narrow page scrolls the table sideways, never the forms in it. */
      varne-account { display: block; position: sticky; left: 12px; max-width: calc(96vw - 60px); }
      .locked { color: var(--distress-text); font-weight: 700; }
    `,
  ];

  show(): void {
    this.done = '';
    this.open = '';
    void this.fetch();
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override render() {
    const keeps = mayNot('accounts') === '';
    return html`<dialog aria-labelledby="title" @varne-access=${(event: CustomEvent<string>) => this.changed(event.detail)}>
      <header><h2 id="title">${t`Accounts`}</h2>
        <obc-button variant="flat" @click=${() => this.renderRoot.querySelector('dialog')?.close()}>${t`Close`}</obc-button></header>
      <div class="body">
        <p>${keeps
          ? t`Who may sign in at this desk, and what as. What is changed here holds at once; it is no entry of the record.`
          : t`Who may sign in at this desk, and what as. You may read it; an administrator changes it.`}</p>
        <div class="status" role="status">${this.done}</div>
        ${this.trouble ? html`<p class="error" role="alert">${this.trouble}</p>` : nothing}
        ${this.accounts ? this.table(this.accounts, keeps) : html`<p class="soft">${t`Being fetched.`}</p>`}
        ${keeps && this.accounts ? html`<h3>${t`A new account`}</h3><varne-new-account .picture=${this.picture}></varne-new-account>` : nothing}
        <h3>${t`Programs`}</h3>
        <varne-programs .picture=${this.picture} .programs=${this.programs} ?keeps=${keeps}></varne-programs>
      </div>
    </dialog>`;
  }

  private table(accounts: Account[], keeps: boolean) {
    const heads = [t`Account`, t`Office`, t`Speaks for`, t`One-time code`, t`May sign in`, t`Since`];
    return html`<div class="wide" tabindex="0" role="region" aria-label=${t`Accounts`}><table>
      <thead><tr>${heads.map((words) => html`<th scope="col">${words}</th>`)}${keeps ? html`<td></td>` : nothing}</tr></thead>
      <tbody>${repeat(accounts, ({ name }) => name, (account) => this.row(account, keeps))}</tbody></table></div>`;
  }

  private row(account: Account, keeps: boolean) {
    const { name, role, unit, locked, with_code, made } = account;
    const open = this.open === name;
    return html`<tr class=${open ? 'open' : ''}>
        <th scope="row"><b>${name}</b>${name === me()?.account ? html` <span class="soft">${t`(you)`}</span>` : nothing}</th>
        <td>${roleName(role)}</td><td>${unit || '–'}</td><td>${with_code ? t`yes` : t`no`}</td>
        <td class=${locked ? 'locked' : ''}>${locked ? t`no, locked` : t`yes`}</td><td>${day(made)}</td>
        ${keeps ? html`<td><button class="text" aria-expanded=${open} aria-label=${open ? t`Done: ${name}` : t`Change ${name}`} @click=${() => (this.open = open ? '' : name)}>${open ? t`Done` : t`Change`}</button></td>` : nothing}
      </tr>
      ${open ? html`<tr class="of"><td colspan="7"><varne-account .account=${account} .picture=${this.picture}></varne-account></td></tr>` : nothing}`;
  }

  private changed(done: string): void {
    this.done = done;
    void this.fetch();
  }

  private async fetch(): Promise<void> {
    try {
      const { accounts, programs } = await access.list();
      this.accounts = accounts;
      this.programs = programs;
      this.trouble = '';
    } catch (error) {
      this.trouble = (error as Error).message;
    }
  }
}
