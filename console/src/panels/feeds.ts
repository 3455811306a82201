/** How each feed stands: an empty sea and a sick receiver look alike on the chart, and not here. */
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Feed } from '../api';
import { age, clock, secondsBetween } from '../format';
import { fact, panelStyles } from './shared';

const count = (number: number): string => number.toLocaleString('en-GB');

/** In one word; the first that holds. */
export function standingOf(feed: Feed): string {
  if (!feed.up) return 'not connected';
  if (feed.silent_since) return 'silent';
  if (feed.dropped > 0) return 'losing lines';
  return feed.last_heard ? 'heard' : 'nothing yet';
}

/** "12 s ahead", "31 min behind"; a second is nothing. */
export function offset(seconds: number | undefined): string {
  if (seconds === undefined || Math.abs(seconds) < 1) return '';
  return `${age(Math.abs(seconds))} ${seconds > 0 ? 'ahead' : 'behind'}`;
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
      <header><h2>Feeds</h2></header>
      <div class="body" tabindex="0" role="region" aria-label="How each feed stands">
        ${this.feeds.map((feed) => this.one(feed))}
      </div>
    `;
  }

  private one(feed: Feed) {
    const word = standingOf(feed);
    const sick = feed.trouble || word !== 'heard';
    return html`<details>
      <summary>
        <span><b>${feed.feed}</b></span>
        <span class=${sick && word !== 'nothing yet' ? 'sick' : 'soft'}>${word}</span>
        <span class="number">${feed.lines_per_s.toFixed(1)}/s</span>
      </summary>
      <dl>
        ${feed.trouble ? fact('Trouble', html`<bdi>${feed.trouble}</bdi>`) : nothing}
        ${fact('Last heard', feed.last_heard ? `${clock(feed.last_heard)} UTC, ${age(secondsBetween(feed.last_heard, this.now))} ago` : 'never')}
        ${feed.silent_since ? fact('Silent since', `${clock(feed.silent_since)} UTC`) : nothing}
        ${fact('Lines', count(feed.taken))}
        ${feed.refused > 0 ? fact('Refused', count(feed.refused)) : nothing}
        ${Object.entries(feed.reasons ?? {}).map(([why, times]) => fact('', html`<bdi>${why}</bdi>: ${count(times)}`))}
        ${feed.dropped > 0 ? fact('Lost here', html`<b class="sick">${count(feed.dropped)}</b>`) : nothing}
        ${fact('Its clock', offset(feed.clock_offset_s))} ${fact('Address', html`<bdi>${feed.address}</bdi>`)}
      </dl>
    </details>`;
  }
}
