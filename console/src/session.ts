/** Who sits at this console, from the desk's first answer to signing out. */
import type { ReactiveControllerHost } from 'lit';
import { api } from './api';
import type { Me } from './api';
import { chosen, speak, spoken } from './i18n';
import type { Language } from './i18n';
import { learnWhoIAm, me } from './me';

export class Session {
  /** Null where the desk has no accounts, or has not answered yet. */
  who: Me | null = null;
  /** Whether the desk wants somebody to sign in; "ended" where somebody was, "changed" where they gave themselves another password. */
  login: '' | 'wanted' | 'ended' | 'changed' = '';
  private changed = false;

  constructor(private readonly host: ReactiveControllerHost) {}

  async ask(why: '' | 'changed' = ''): Promise<void> {
    const before = this.who;
    // The socket that closes with the session asks as well.
    this.changed ||= why === 'changed';
    const known = await learnWhoIAm();
    this.who = me();
    if (known) {
      const own = this.who && chosen(this.who.account);
      if (own && own !== spoken()) return this.turnLanguage(own);
      if (this.who?.role === 'captain') await import('./panels/captain');
      this.login = '';
    } else {
      await import('./panels/login');
      if (this.login !== 'changed') this.login = this.changed ? 'changed' : before ? 'ended' : this.login || 'wanted';
    }
    this.host.requestUpdate();
  }

  /** A lost connection may be a session that has ended: only the desk can say, as soon as it answers. */
  connectionLost(): void {
    if (this.who) void this.ask();
  }

  async signOut(): Promise<void> {
    await api.logout().catch(() => undefined);
    location.reload();
  }

  /** Every panel is made anew in it. */
  turnLanguage(language: Language): void {
    speak(language, this.who?.account);
    location.reload();
  }
}
