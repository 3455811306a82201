/** How each feed stands: an empty sea and a sick receiver look alike on the chart, and not here. */
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Feed } from '../api';
import { age, clock, secondsBetween } from '../format';
import { fact, panelStyles } from './shared';
import { figure, t } from '../i18n';

/** In one word; the first that holds. */
export function standingOf(feed: Feed): string {
  if (!feed.up) return t`not connected`;
  if (feed.silent_since) return t`silent`;
  if (feed.dropped > 0) return t`losing lines`;
  return feed.last_heard ? t`heard` : t`nothing yet`;
}

/** Nothing comes of it, or not all. One that has not been heard yet may just have begun. */
export const isSick = (feed: Feed): boolean => Boolean(feed.trouble) || !feed.up || Boolean(feed.silent_since) || feed.dropped > 0;

/** "12 s ahead", "31 min behind"; a second is nothing. */
export function offset(seconds: number | undefined): string {
  if (seconds === undefined || Math.abs(seconds) < 1) return '';
  return `${age(Math.abs(seconds))} ${seconds > 0 ? t`ahead` : t`behind`}`;
}

@customElement('varne-feeds')
export class VarneFeeds extends LitElement {
  @property({ attribute: false }) feeds: Feed[] = [];
  @property() now = '';

  static override styles = [
    panelStyles,
    css`
      :host { display: flex; flex-direction: column; }
      .body { overflow-y: auto; min-height: 0; scrollbar-width: thin; padding-top: 4px; }
      summary { cursor: pointer; display: grid; grid-template-columns: minmax(0, 1fr) auto 76px; gap: 8px; padding: 2px 0; }
      summary > span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      dl { margin: 2px 0 8px 12px; font-size: 12px; }
      .sick { color: var(--distress-text); font-weight: 700; }
      bdi { unicode-bidi: isolate; }
    `,
  ];

  override render() {
    return html`
      <header><h2>${t`Feeds`}</h2></header>
      <div class="body" tabindex="0" role="region" aria-label=${t`How each feed stands`}>
        ${this.feeds.map((feed) => this.one(feed))}
      </div>
    `;
  }

  private one(feed: Feed) {
    const word = standingOf(feed);
    return html`<details>
      <summary>
        <span><b>${feed.feed}</b></span>
        <span class=${isSick(feed) ? 'sick' : 'soft'}>${word}</span>
        <span class="number">${feed.lines_per_s.toFixed(1)}/s</span>
      </summary>
      <dl>
        ${feed.trouble ? fact(t`Trouble`, html`<bdi>${feed.trouble}</bdi>`) : nothing}
        ${fact(t`Last heard`, feed.last_heard ? t`${clock(feed.last_heard)} UTC, ${age(secondsBetween(feed.last_heard, this.now))} ago` : t`never`)}
        ${feed.silent_since ? fact(t`Silent since`, `${clock(feed.silent_since)} UTC`) : nothing}
        ${fact(t`Lines`, figure(feed.taken))}
        ${feed.refused > 0 ? fact(t`Refused`, figure(feed.refused)) : nothing}
        ${Object.entries(feed.reasons ?? {}).map(([why, times]) => fact('', html`<bdi>${why}</bdi>: ${figure(times)}`))}
        ${feed.other > 0 ? fact(t`Of another kind`, figure(feed.other)) : nothing}
        ${feed.lost_parts > 0 ? fact(t`Messages with a part missing`, figure(feed.lost_parts)) : nothing}
        ${feed.dropped > 0 ? fact(t`Lost here`, html`<b class="sick">${figure(feed.dropped)}</b>`) : nothing}
        ${fact(t`Its clock`, offset(feed.clock_offset_s))} ${fact(t`Address`, html`<bdi>${feed.address}</bdi>`)}
      </dl>
    </details>`;
  }
}
