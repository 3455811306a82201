/** The app's part in planning a search: opens the panel, and keeps what of it lies on the chart. */
import type { LitElement } from 'lit';
import type { Incident, IncidentDetail } from './api';
import { openSearch } from './dialogs';
import type { VarneSearch } from './panels/search';
import type { Picture } from './picture';
import type { SearchOnChart } from './search';
import type { Selection } from './selection';

export interface SearchWanted {
  incident: Incident;
  detail: IncidentDetail | null;
}

export class Searching {
  onChart: SearchOnChart | null = null;

  constructor(
    private readonly host: LitElement,
    picture: Picture,
  ) {
    host.addEventListener('varne-plan-search', (event) => void openSearch(host.renderRoot as ShadowRoot, picture, (event as CustomEvent<SearchWanted>).detail));
    host.addEventListener('varne-search-drawn', (event) => {
      this.onChart = (event as CustomEvent<SearchOnChart | null>).detail;
      host.toggleAttribute('searching', this.onChart !== null);
      host.requestUpdate();
    });
  }

  /** What was planned for one incident leaves the chart when another is chosen. */
  follow(selection: Selection): void {
    const panel = this.host.renderRoot.querySelector<VarneSearch>('varne-search');
    if (panel?.open && selection?.kind === 'incident' && selection.id !== panel.incident.id) panel.close();
  }
}
