/** A new account, and what can be changed of one. */
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { access, inFours, speaksFor } from '../access';
import type { Account, Change } from '../access';
import { t } from '../i18n';
import { me, roleName } from '../me';
import { AccessForm } from './access-form';
import { showOnce } from './once';

@customElement('varne-new-account')
export class VarneNewAccount extends AccessForm {
  override render() {
    return html`<form novalidate @submit=${(event: SubmitEvent) => void this.add(event)}>
      ${this.text('name', t`Name`, 'a.durand')} ${this.office('watch_officer', '')} ${this.password(t`Password, at least 12 characters`)}
      ${this.general()}
      <div class="row"><obc-button ?disabled=${this.sending} @click=${() => this.renderRoot.querySelector('form')?.requestSubmit()}>${t`Add the account`}</obc-button></div>
      <input type="submit" hidden />
    </form>`;
  }

  private async add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const forWhom = speaksFor(this.chosen);
    const whose = forWhom === 'unit' ? t`Unit` : t`Centre`;
    if (this.lacks(form, [['name', t`Name`], ...(forWhom && this.chosen !== 'partner' ? [['unit', whose] as const] : []), ['password', t`Password`]])) return;
    const { name, role, unit, password } = this.typed(form);
    const done = await this.send(form, () => access.add({ name: name!, role: role!, ...(unit ? { unit } : {}), password: password! }), t`${name} may sign in now, as ${roleName(role!)}.`);
    if (done) this.chosen = 'watch_officer';
  }
}

@customElement('varne-account')
export class VarneAccount extends AccessForm {
  @property({ attribute: false }) account!: Account;

  override firstUpdated(): void {
    this.chosen = this.account.role;
  }

  override render() {
    const { name, role, unit, locked, with_code } = this.account;
    const own = name === me()?.account;
    return html`
      <p class="soft small">${own
        ? t`This is your own account: your office and your lock are another administrator’s to change. A new password or code signs you out at once.`
        : t`Every change signs ${name} out at once, at every console.`}</p>
      ${own ? nothing : html`<form novalidate @submit=${(event: SubmitEvent) => this.submit(event, ({ role: to, unit: whose }) => ({ role: to!, ...(whose ? { unit: whose } : {}) }), t`${name} has another office now.`)}>
        ${this.office(role, unit)}
        <div class="row"><obc-button @click=${(event: Event) => this.press(event)}>${t`Change the office`}</obc-button></div>
      </form>`}
      <form novalidate @submit=${(event: SubmitEvent) => this.submit(event, ({ password }) => ({ password: password! }), t`${name} has a new password.`)}>
        ${this.password(t`New password, at least 12 characters`)}
        <div class="row"><obc-button @click=${(event: Event) => this.press(event)}>${t`Set the password`}</obc-button></div>
      </form>
      <div class="row">
        ${this.twice(with_code ? t`New one-time code` : t`Ask for a one-time code`, with_code ? t`Yes: the old code is void` : t`Yes: a code is needed from now on`, () => void this.code(true))}
        ${with_code ? this.twice(t`No one-time code`, t`Yes: the password alone`, () => void this.code(false)) : nothing}
        ${own ? nothing : locked
          ? html`<obc-button @click=${() => void this.change({ locked: false }, t`${name} may sign in again.`)}>${t`Unlock`}</obc-button>`
          : this.twice(t`Lock`, t`Yes, lock ${name} out`, () => void this.change({ locked: true }, t`${name} is locked out.`))}
      </div>
      ${this.general()}`;
  }

  private press(event: Event): void {
    (event.target as HTMLElement).closest('form')?.requestSubmit();
  }

  private submit(event: SubmitEvent, change: (typed: Record<string, string>) => Change, done: string): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (this.typed(form).password === '' && this.lacks(form, [['password', t`Password`]])) return;
    void this.send(form, () => access.change(this.account.name, change(this.typed(form))), done);
  }

  private change(change: Change, done: string) {
    return this.send(null, () => access.change(this.account.name, change), done);
  }

  private async code(wanted: boolean): Promise<void> {
    const { name } = this.account;
    const answer = await this.change({ code: wanted }, wanted ? t`${name} needs a one-time code from now on.` : t`${name} needs no one-time code any more.`);
    if (answer?.secret) showOnce(t`One-time code of ${name}`, [[t`Secret`, inFours(answer.secret)], [t`Address for the authenticator`, answer.uri ?? '']]);
  }
}
