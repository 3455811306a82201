/**
 * What an officer has to look at once and say that it was seen: a refused line that speaks of distress, a safety text, a
 * craft that claims to be an active SART. Acknowledged here means seen at this console; the record stays what it is.
 */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Entry } from '../api';
import { clock } from '../format';
import { Panel } from './panel';
import { panelStyles } from './shared';

const words = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const foreign = (value: unknown): TemplateResult => html`<bdi>${words(value)}</bdi>`;

/** What is to be said of an entry; null where it needs nobody's look. */
export function lookOf({ kind, body }: Entry): { title: string; what: TemplateResult; raw: string } | null {
  if (kind === 'line_refused' && body.distress === true)
    return { title: 'A refused line speaks of distress', what: html`${foreign(body.feed)}: ${foreign(body.why)}`, raw: words(body.raw) };
  if (kind === 'safety_text')
    return {
      title: 'Safety text',
      what: html`from ${foreign(body.name ?? body.mmsi)}${body.to ? html` to ${foreign(body.to)}` : nothing}`,
      raw: words(body.words),
    };
  if (kind === 'beacon' && body.state === 'claim')
    return { title: 'Claims to be an active SART', what: html`${foreign(body.station)} ${foreign(body.mmsi)}`, raw: words(body.text) };
  return null;
}

@customElement('varne-attention')
export class VarneAttention extends Panel {
  /** Numbers of entries that were seen; of this record, for as long as the page is open. */
  @state() private seen = new Set<number>();

  static override styles = [
    panelStyles,
    css`
      :host { max-height: 30vh; overflow-y: auto; background: var(--panel); scrollbar-width: thin; }
      .look { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 12px; align-items: center; padding: 4px 8px 4px 12px; border-left: 6px solid var(--distress); border-bottom: 1px solid var(--rule); }
      .raw { grid-column: 1; max-height: 5em; overflow-y: auto; }
      bdi { unicode-bidi: isolate; }
    `,
  ];

  override render() {
    const due = this.picture.entries.filter((entry) => !this.seen.has(entry.number)).flatMap((entry) => {
      const look = lookOf(entry);
      return look ? [{ entry, ...look }] : [];
    });
    return due.length === 0 ? nothing : html`<div role="alert" aria-label="To be looked at">${due.map((one) => html`
      <div class="look">
        <div><b class="error">${one.title}</b> ${clock(one.entry.time)} UTC, ${one.what}</div>
        <obc-button variant="normal" aria-label=${`Seen: ${one.title}, entry ${one.entry.number}`} @click=${() => (this.seen = new Set([...this.seen, one.entry.number]))}>Seen</obc-button>
        ${one.raw ? html`<div class="raw" tabindex="0"><bdi>${one.raw}</bdi></div>` : nothing}
      </div>`)}</div>`;
  }
}
