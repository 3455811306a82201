/**
 * A secret that the desk says once and never again. It stands outside the app: who changes their own code or password is
 * signed out by it, and the page that asks who one is must not take the secret away.
 */
import '@oicl/openbridge-webcomponents/dist/components/button/button.js';
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { t } from '../i18n';
import { panelStyles } from './shared';

@customElement('varne-once')
export class VarneOnce extends LitElement {
  /** Whose it is. */
  @property() heading = '';
  @property({ attribute: false }) lines: readonly (readonly [string, string])[] = [];

  static override styles = [
    panelStyles,
    css`
      dialog { width: 640px; max-width: 96vw; padding: 0; color: var(--ink); background: var(--panel); border: 2px solid var(--accent); border-radius: 8px; }
      dialog::backdrop { background: rgb(0 0 0 / 45%); }
      .body { padding: 8px 16px 14px; }
      code { display: block; font: 14px/1.5 var(--mono); overflow-wrap: anywhere; user-select: all; }
      dt { padding-top: 6px; }
      dl { grid-template-columns: minmax(0, 1fr); }
    `,
  ];

  override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override render() {
    // Only who has it closes it: Escape pressed by habit would lose it.
    return html`<dialog closedby="none" aria-labelledby="title" @cancel=${(event: Event) => event.preventDefault()} @close=${() => this.remove()}>
      <header><h2 id="title">${this.heading}</h2></header>
      <div class="body">
        <p><b>${t`Shown this once. Write it down or copy it before you go on.`}</b></p>
        <dl>${this.lines.map(([name, value]) => html`<dt>${name} <button type="button" class="text small" aria-label=${t`Copy: ${name}`} @click=${() => void navigator.clipboard?.writeText(value)}>${t`Copy`}</button></dt><dd><code>${value}</code></dd>`)}</dl>
        <obc-button variant="raised" @click=${() => this.remove()}>${t`I have it`}</obc-button>
      </div>
    </dialog>`;
  }
}

export function showOnce(heading: string, lines: readonly (readonly [string, string])[]): void {
  document.body.appendChild(Object.assign(new VarneOnce(), { heading, lines }));
}
