/** Find by name: the keyboard's way to every ship, unit and incident. */
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { incidentName, markName, phaseName, markSort, position, trackName } from '../format';
import type { Picture } from '../picture';
import { select } from '../selection';
import type { Selection } from '../selection';
import { parsePosition } from './as-said';
import { panelStyles } from './shared';
import { t } from '../i18n';

const MOST = 8;

export interface Found {
  words: string;
  sort: string;
  selection: NonNullable<Selection>;
}

/** A position that was typed; the first few whose name, call sign, MMSI or number holds the words: incidents, then units, ships and marks. */
export function find(picture: Picture, words: string): Found[] {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return [];
  const found: Found[] = [];
  const at = parsePosition(words);
  if (at) found.push({ words: position(at), sort: t`go there`, selection: { kind: 'sea', id: at.join(' '), at } });
  const offer = (text: string, entry: Found) => {
    if (found.length < MOST && text.toLowerCase().includes(wanted)) found.push(entry);
  };
  for (const incident of picture.incidents.values())
    offer(`${incident.id} ${incident.boat} ${incident.craft}`, {
      words: incidentName(incident), sort: incident.open ? phaseName(incident.phase) : t`closed`, selection: { kind: 'incident', id: incident.id },
    });
  for (const unit of picture.units.values())
    offer(unit.name, { words: unit.name, sort: unit.kind, selection: { kind: 'unit', id: unit.name } });
  for (const track of picture.tracks.values()) {
    if (found.length >= MOST) break;
    offer(`${track.name ?? ''} ${track.callsign ?? ''} ${track.mmsi ?? ''} ${track.id}`, {
      words: trackName(track), sort: track.mmsi ? t`ship` : t`unidentified`, selection: { kind: 'track', id: track.id },
    });
  }
  for (const mark of picture.marks.values())
    offer(`${mark.name} ${mark.mmsi}`, { words: markName(mark), sort: markSort(mark), selection: { kind: 'mark', id: String(mark.mmsi) } });
  return found;
}

@customElement('varne-find')
export class VarneFind extends LitElement {
  @property({ attribute: false }) picture!: Picture;
  /** What is found is looked for again with each change of the picture. */
  @property({ attribute: false }) frame = 0;

  @state() private words = '';
  @state() private chosen = 0;

  static override styles = [
    panelStyles,
    css`
      :host { position: relative; }
      input { width: 200px; max-width: 100%; height: 30px; }
      ul {
        position: absolute; z-index: 10; top: 34px; left: 0; width: 280px; background: var(--panel);
        border: 1px solid var(--ink-soft); border-radius: 4px; overflow: hidden;
      }
      li { display: flex; justify-content: space-between; gap: 8px; padding: 5px 8px; cursor: pointer; }
      li[aria-selected='true'] { background: var(--chosen); }
    `,
  ];

  override focus(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  override render() {
    const found = find(this.picture, this.words);
    return html`
      <input
        type="search" placeholder=${t`Find   /`} aria-label=${t`Find a ship, unit, incident or mark, or go to a position`} role="combobox" aria-controls="found"
        aria-expanded=${found.length > 0} aria-activedescendant=${found.length > 0 ? `found-${this.chosen}` : nothing}
        autocomplete="off" .value=${this.words}
        @input=${(event: Event) => this.type((event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => this.press(event, found)}
        @blur=${() => this.type('')}
      />
      ${this.words.trim()
        ? html`<ul id="found" role="listbox" aria-label=${t`Found`}>
            ${found.length === 0 ? html`<li class="soft">${t`Nothing by that name in the picture.`}</li>` : nothing}
            ${found.map((each, i) => html`<li
              id="found-${i}" role="option" aria-selected=${i === this.chosen}
              @pointerdown=${() => this.take(each)}
            ><span>${each.words}</span><span class="soft small">${each.sort}</span></li>`)}
          </ul>`
        : nothing}
    `;
  }

  private type(words: string): void {
    this.words = words;
    this.chosen = 0;
  }

  private press(event: KeyboardEvent, found: Found[]): void {
    const last = Math.max(0, found.length - 1);
    if (event.key === 'ArrowDown') this.chosen = Math.min(last, this.chosen + 1);
    else if (event.key === 'ArrowUp') this.chosen = Math.max(0, this.chosen - 1);
    else if (event.key === 'Enter' && found[this.chosen]) this.take(found[this.chosen]!);
    else if (event.key === 'Escape') this.renderRoot.querySelector('input')?.blur();
    else return;
    event.preventDefault();
  }

  private take(found: Found): void {
    select(this, found.selection, true);
    this.renderRoot.querySelector('input')?.blur();
    this.type('');
  }
}
