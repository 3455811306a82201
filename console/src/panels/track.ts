/** One track: what is known of the craft, how old it is, and the raw reports it stands on. */
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api';
import type { TrackDetail } from '../api';
import { age, bearing, clock, distance, knots, position, secondsBetween, shipType, trackName } from '../format';
import { Fetched } from './fetched';
import { Panel } from './panel';
import { fact, panelStyles } from './shared';

const states = {
  confirmed: 'confirmed',
  coasting: 'coasting: not heard of lately, drawn where it would be by now',
  tentative: 'tentative: too few plots to be believed',
};

@customElement('varne-track')
export class VarneTrack extends Panel {
  @property() track = '';

  private readonly detail = new Fetched<TrackDetail>(this, (id) => api.track(id));

  static override styles = panelStyles;

  override willUpdate(): void {
    const known = this.picture.tracks.get(this.track);
    this.detail.want(known ? this.track : '', `${known?.updated ?? ''} ${this.picture.resets}`);
  }

  /** A receiver that is silent hears nobody: the ship may be where she was. */
  private unheard(source?: string | null): string {
    const feed = this.picture.feeds.find((one) => one.feed === source);
    if (feed?.silent_since) return `the receiver is silent since ${clock(feed.silent_since)} UTC`;
    return feed && !feed.up ? `the receiver is gone: ${feed.state}` : '';
  }

  override render() {
    const track = this.picture.tracks.get(this.track);
    if (!track) return html`<div class="body soft">Track ${this.track} has left the picture.</div>`;
    const { value, trouble } = this.detail;
    return html`<div class="body">
      <div><b>${trackName(track)}</b></div>
      <dl>
        ${fact('State', states[track.state])} ${fact('MMSI', track.mmsi)} ${fact('Call sign', track.callsign)}
        ${track.mmsi ? fact('Type', shipType(track.ship_type)) : nothing}
        ${track.length_m ? fact('Length', `${Math.round(track.length_m)} m`) : nothing}
        ${fact('Position', position(track.at))}
        ${fact('Speed', knots(track.speed_mps))} ${fact('Course', bearing(track.course_deg))}
        ${typeof track.heading_deg === 'number' ? fact('Heading', bearing(track.heading_deg)) : nothing}
        ${track.ellipse
          ? fact('95 % within', `${distance(track.ellipse.major_m)} by ${distance(track.ellipse.minor_m)}, along ${bearing(track.ellipse.direction_deg)}`)
          : nothing}
        ${fact('Last report', `${clock(track.updated)} UTC, ${age(secondsBetween(track.updated, this.picture.now))} old`)}
        ${fact('Source', track.source)} ${fact('Not heard because', this.unheard(track.source))}
      </dl>
      <h3>The last reports it stands on</h3>
      ${trouble ? html`<p class="error">${trouble}</p>` : nothing}
      ${value
        ? [...value.evidence].reverse().map((evidence) => html`
            <div class="soft small">${clock(evidence.time)} ${evidence.source}</div>
            <pre>${evidence.raw}</pre>`)
        : trouble ? nothing : html`<p class="soft">Being fetched.</p>`}
    </div>`;
  }
}
