/** The alarms: what is open, acknowledged or silenced here, sounded, notified, and counted in the tab (app.ts). */
import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Acknowledged, alarmsOf, seenOf, seenWords } from '../alarms';
import type { Alarm, Seen } from '../alarms';
import { api } from '../api';
import type { Entry } from '../api';
import { clock } from '../format';
import { Guard } from '../guard';
import type { GuardArea } from '../guard';
import { noted, t } from '../i18n';
import { mayNot, me } from '../me';
import { Sound } from '../sound';
import { Panel } from './panel';
import { reportId } from './report-fields';
import { goTo, panelStyles } from './shared';

/** So many stand open on the page, the rest behind a word. */
const SHOWN = 2;
/** So many that were acknowledged are still told of. */
const SEEN = 20;

const foreign = (value: string | number): TemplateResult => html`<bdi>${value}</bdi>`;

/** What an entry says that has to be looked at, and its raw words. */
function behind({ kind, body }: Entry): { what: TemplateResult | typeof nothing; raw: string } {
  if (kind === 'line_refused') return { what: html`${foreign(body.feed)}: ${foreign(body.why)}`, raw: body.raw ?? '' };
  if (kind === 'safety_text')
    return { what: html`${t`from`} ${foreign(body.name ?? body.mmsi)}${body.to ? html` ${t`to`} ${foreign(body.to)}` : nothing}`, raw: body.words };
  return kind === 'beacon' ? { what: html`${foreign(body.station)} ${foreign(body.mmsi)}`, raw: body.text } : { what: nothing, raw: '' };
}

@customElement('varne-alarms')
export class VarneAlarms extends Panel {
  @property({ attribute: false }) guards: readonly GuardArea[] = [];

  @state() private whole = false;
  /** As the officer chose; a replay is quiet until asked. */
  @state() private chosen: boolean | null = null;

  @state() private trouble = '';

  private readonly acknowledged = new Acknowledged(() => this.requestUpdate());
  private readonly sound = new Sound();
  private readonly guard = new Guard();
  private known = new Set<string>();
  private resets = -1;
  private open: Alarm[] = [];
  private seen: Seen[] = [];

  static override styles = [
    panelStyles,
    css`
      /* Only what is seen of it takes clicks from the chart below. */
      :host { display: block; max-height: 45%; overflow-y: auto; scrollbar-width: thin; pointer-events: none; }
      [role='alert'], .dealt { pointer-events: auto; }
      [role='alert'] { background: var(--panel); border-radius: 6px; border: 1px solid var(--rule); }
      .look, .all { display: flex; flex-wrap: wrap; gap: 2px 8px; align-items: center; padding: 3px 8px 3px 12px; border-left: 6px solid var(--distress); border-bottom: 1px solid var(--rule); }
      .what { flex: 1; min-width: 200px; }
      .raw { flex-basis: 100%; max-height: 5em; overflow-y: auto; }
      .dealt { width: fit-content; max-width: 100%; margin: 4px 0 0 auto; background: var(--panel); border: 1px solid var(--rule); border-radius: 6px; }
      .dealt[open] { width: auto; }
      .dealt summary { cursor: pointer; padding: 2px 10px; }
      .dealt ul { max-height: 30vh; overflow-y: auto; padding: 0 10px 6px; }
      .dealt li { padding: 3px 0; border-top: 1px solid var(--rule); }
      bdi { unicode-bidi: isolate; }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sound.want(false);
  }

  override willUpdate(): void {
    const { picture } = this;
    this.guard.look(picture, this.guards);
    const alarms = alarmsOf(picture, this.guard.entered);
    // Those of a whole new picture are there to be read; only what comes while one watches makes a noise.
    if (this.resets !== picture.resets) {
      this.resets = picture.resets;
      this.known = new Set(alarms.map(({ key }) => key));
      this.acknowledged.silence(alarms);
    }
    this.open = this.acknowledged.open(alarms);
    this.seen = seenOf(picture, this.acknowledged.taken(alarms));
    for (const alarm of this.open.filter(({ key }) => !this.known.has(key))) {
      this.known.add(alarm.key);
      notify(alarm);
    }
    this.tell();
  }

  override render() {
    const { open } = this;
    return html`${open.length > 0 ? this.standing(open) : nothing}${this.dealtWith()}`;
  }

  private standing(open: Alarm[]) {
    const shown = this.whole ? open : open.slice(0, SHOWN);
    const loud = this.acknowledged.loud(open);
    return html`<div role="alert" aria-label=${t`Alarms`}>
      ${open.length > 1 ? html`<div class="all"><b class="what error">${t`${open.length} alarms`}</b>${this.controls(loud)}</div>` : nothing}
      ${this.trouble ? html`<p class="all error">${this.trouble}</p>` : nothing}
      ${shown.map((alarm) => this.one(alarm, open.length === 1 ? this.controls(loud) : nothing))}
    </div>`;
  }

  /** Who has dealt with what: what one console acknowledges goes from all the others without a trace else. */
  private dealtWith() {
    const { seen, picture } = this;
    const [last] = seen;
    if (!last) return nothing;
    return html`<details class="dealt small">
      <summary><span role="status">${t`${seen.length} acknowledged`}${last.by ? html`, ${t`last by ${last.by}`}` : nothing}</span></summary>
      <ul>${seen.slice(0, SEEN).map((each) => html`<li><bdi>${each.title}</bdi> <span class="soft">${seenWords(each, picture.today)}</span>
        ${each.selection ? goTo(each.selection, t`Go there`) : nothing}</li>`)}</ul>
    </details>`;
  }

  private controls(loud: boolean) {
    const { open } = this;
    return html`${open.length > SHOWN ? html`<button class="deed" aria-expanded=${this.whole} @click=${() => (this.whole = !this.whole)}>${this.whole ? t`Fewer` : t`Show all`}</button>` : nothing}
        ${loud ? html`<button class="deed" @click=${() => this.silence()}>${t`Silence`}</button>` : nothing}
        <button class="deed" aria-pressed=${this.muted} @click=${() => this.mute()}>${t`No sound`}</button>
        ${'Notification' in window && Notification.permission === 'default'
          ? html`<button class="deed" @click=${() => void Notification.requestPermission().then(() => this.requestUpdate())}>${t`Notify me`}</button>` : nothing}`;
  }

  private one(alarm: Alarm, controls: unknown) {
    const { what, raw } = alarm.entry ? behind(alarm.entry) : { what: nothing, raw: '' };
    return html`<div class="look">
      <div class="what"><b class="error">${alarm.title}</b> ${clock(alarm.time)} UTC ${what}${alarm.text && !raw ? html`<br /><bdi class="small">${alarm.text}</bdi>` : nothing}</div>
      ${alarm.selection ? goTo(alarm.selection, t`Go there`) : nothing}
      <button class="deed" ?disabled=${alarm.number !== undefined && mayNot('report') !== ''} title=${alarm.number === undefined ? '' : mayNot('report')} aria-label=${t`Acknowledge: ${alarm.title}`} @click=${() => void this.take(alarm)}>${t`Acknowledge`}</button> ${controls}
      ${raw ? html`<div class="raw" tabindex="0" role="region" aria-label=${t`As received`}><bdi>${raw}</bdi></div>` : nothing}
    </div>`;
  }

  /** The desk is told, and tells every console; what only this browser knows, or a replay raised, is kept here. */
  private async take(alarm: Alarm): Promise<void> {
    const { now } = this.picture;
    this.trouble = '';
    if (alarm.number === undefined) this.acknowledged.take(alarm);
    else
      await api
        .report({ kind: 'acknowledge', id: reportId('desk', now), time: now, from: me()?.account || noted`watch officer`, alarm: alarm.number })
        .catch((error: Error) => (this.trouble = t`Not acknowledged: ${error.message}`));
    this.requestUpdate();
  }

  private silence(): void {
    this.acknowledged.silence(this.open);
    this.requestUpdate();
  }

  private get muted(): boolean {
    return this.chosen ?? this.picture.mode === 'replay';
  }

  private mute(): void {
    this.chosen = !this.muted;
  }

  /** The sound follows, and the app counts them in the tab. */
  private tell(): void {
    this.sound.want(!this.muted && this.acknowledged.loud(this.open));
    this.toggleAttribute('sounding', this.sound.on);
    this.dispatchEvent(new CustomEvent<Alarm[]>('varne-alarms', { detail: this.open, bubbles: true, composed: true }));
  }
}

function notify({ key, title }: Alarm): void {
  if ('Notification' in window && Notification.permission === 'granted' && document.hidden) new Notification(title, { tag: key });
}
