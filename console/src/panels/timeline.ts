/** The clock's own strip: in replay a slider over the day with play and speed, live only the word. */
import '@oicl/openbridge-webcomponents/dist/icons/icon-media-pause.js';
import '@oicl/openbridge-webcomponents/dist/icons/icon-media-play.js';
import { css, html, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api } from '../api';
import { clock, day } from '../format';
import { Panel } from './panel';
import { panelStyles } from './shared';
import { nextSpeed, SPEEDS } from './speeds';
import { t } from '../i18n';

@customElement('varne-timeline')
export class VarneTimeline extends Panel {
  /** No connection: nothing here is live. */
  @property({ type: Boolean }) lost = false;

  /** Where the thumb is held, before it is let go. */
  @state() private dragged: number | null = null;
  @state() private trouble = '';

  static override styles = [
    panelStyles,
    css`
      :host { background: var(--panel); border-top: 1px solid var(--rule); padding: 0 12px; }
      .strip { display: flex; align-items: center; gap: 12px; height: 52px; }
      #play { flex: none; display: grid; place-items: center; width: 36px; height: 32px; color: var(--panel); background: var(--accent); border: 0; border-radius: 5px; cursor: pointer; }
      .time { min-width: 92px; }
      @media (max-width: 760px) { .strip { flex-wrap: wrap; height: auto; padding: 6px 0; } .slide { flex-basis: 100%; } }
      .time b { font-size: 16px; font-variant-numeric: tabular-nums; display: block; line-height: 1.1; }
      .slide { position: relative; flex: 1; }
      input[type='range'] { width: 100%; margin: 0; padding: 0; height: 28px; accent-color: var(--accent); background: none; border: 0; }
      svg { position: absolute; left: 8px; width: calc(100% - 16px); top: 0; height: 5px; pointer-events: none; overflow: visible; }
      .ends { display: flex; justify-content: space-between; font-size: 11px; color: var(--ink-soft); margin-top: -4px; }
      .live { display: inline-flex; align-items: center; gap: 8px; font-weight: 700; }
      .live.stopped { color: var(--distress-text); }
      .live.stopped::before { background: none; border: 2px solid var(--distress-text); }
      .live::before { box-sizing: border-box;  content: ''; width: 10px; height: 10px; border-radius: 50%; background: var(--unit); }
    `,
  ];

  override render() {
    const { picture } = this;
    if (picture.mode === 'live' || !picture.start || !picture.end)
      return html`<div class="strip"><span class="live ${this.lost ? 'stopped' : ''}">${this.lost ? t`NOT LIVE` : t`LIVE`}</span>${this.time(picture.now)}</div>`;
    const start = Date.parse(picture.start);
    const end = Date.parse(picture.end);
    const shown = this.dragged ?? Date.parse(picture.now);
    return html`<div class="strip">
      <button
        id="play" aria-label=${picture.playing ? t`Pause` : t`Play`} title=${t`Play or pause (space)`}
        @click=${() => void this.wish({ playing: !picture.playing })}
      >
        ${picture.playing ? html`<obi-media-pause></obi-media-pause>` : html`<obi-media-play></obi-media-play>`}
      </button>
      <label class="small soft">
        ${t`Speed`}
        <select
          aria-label=${t`Speed of the replay`} title=${t`Slower and faster (, and .)`}
          @change=${(event: Event) => void this.wish({ speed: Number((event.target as HTMLSelectElement).value) })}
        >
          ${[...new Set([...SPEEDS, picture.speed])].sort((a, b) => a - b)
            .map((speed) => html`<option value=${speed} ?selected=${speed === picture.speed}>${speed}×</option>`)}
        </select>
      </label>
      ${this.time(new Date(shown).toISOString())}
      <div class="slide">
        ${this.ticks(start, end)}
        <input
          type="range" min=${start} max=${end} step="60000" .value=${String(shown)} aria-label=${t`Time of day`}
          aria-valuetext=${`${clock(shown)} UTC`}
          @input=${(event: Event) => this.drag(Number((event.target as HTMLInputElement).value))}
          @change=${() => void this.letGo()}
        />
        <div class="ends"><span>${clock(start, false)}</span><span>${clock((start + end) / 2, false)}</span><span>${clock(end, false)}</span></div>
      </div>
      ${this.trouble ? html`<span class="error small" role="alert">${this.trouble}</span>` : nothing}
    </div>`;
  }

  private time(now: string) {
    return html`<div class="time"><b>${clock(now)}</b><span class="soft small">UTC, ${now ? day(now) : '–'}</span></div>`;
  }

  /** Where incidents opened, so that the officer finds the busy hours. */
  private ticks(start: number, end: number) {
    return html`<svg viewBox="0 0 1000 5" preserveAspectRatio="none" aria-hidden="true">
      ${[...this.picture.incidents.values()].map(({ opened, phase }) => tick((Date.parse(opened) - start) / (end - start), phase))}
    </svg>`;
  }

  private drag(time: number): void {
    this.dragged = time;
    this.preview(time);
  }

  private async letGo(): Promise<void> {
    if (this.dragged === null) return;
    await this.wish({ to: new Date(this.dragged).toISOString() });
    this.dragged = null;
    this.preview(null);
  }

  private preview(time: number | null): void {
    this.dispatchEvent(new CustomEvent('varne-preview', { detail: time, bubbles: true, composed: true }));
  }

  /** Asks the server; what then happens comes back over the socket like anybody else's wish. */
  async wish(wish: { playing?: boolean; speed?: number; to?: string }): Promise<void> {
    try {
      await api.play(wish);
      this.trouble = '';
    } catch (error) {
      this.trouble = (error as Error).message;
    }
  }

  faster(step: 1 | -1): void {
    void this.wish({ speed: nextSpeed(this.picture.speed, step) });
  }
}

const tick = (share: number, phase: string) =>
  svg`<rect x=${share * 1000} y="0" width="1.5" height="5" style="fill:var(--${phase})"></rect>`;
