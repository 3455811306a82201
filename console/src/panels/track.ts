/** One track: what is known of the craft, how old it is, and the raw reports it stands on. */
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api } from '../api';
import type { Track, TrackDetail } from '../api';
import { age, bearing, clock, distance, knots, minutes, position, secondsBetween, shipType, trackName } from '../format';
import { approaches } from '../chart/approach';
import { select } from '../selection';
import { Fetched } from './fetched';
import { Panel } from './panel';
import { fact, panelStyles } from './shared';
import { noted, t, tr } from '../i18n';

/** Passing nearer than this, within the next half hour, is worth a line. */
const NEAR_M = 1852;
const SOON_S = 1800;
const MOST = 3;

const states = {
  confirmed: noted`confirmed`,
  coasting: noted`coasting: not heard of lately, drawn where it would be by now`,
  tentative: noted`tentative: too few plots to be believed`,
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
    if (feed?.silent_since) return t`the receiver is silent since ${clock(feed.silent_since)} UTC`;
    return feed && !feed.up ? t`the receiver is gone: ${feed.state}` : '';
  }

  /** Closest points of approach, at the courses and speeds of now. */
  private passing(track: Track) {
    const near = approaches(track, this.picture.tracks.values(), NEAR_M, SOON_S).slice(0, MOST);
    if (near.length === 0) return nothing;
    return html`<h3>${t`Passes within a mile, if all hold their course`}</h3>
      ${near.map(({ track: other, tcpa_s, cpa_m }) => html`<button class="text" @click=${() => select(this, { kind: 'track', id: other.id })}>
        ${trackName(other)}</button> ${t`CPA ${distance(cpa_m)}, TCPA ${minutes(tcpa_s)}`}<br />`)}`;
  }

  override render() {
    const track = this.picture.tracks.get(this.track);
    if (!track) return html`<div class="body soft">${t`Track ${this.track} has left the picture.`}</div>`;
    const { value, trouble } = this.detail;
    return html`<div class="body">
      <div><b>${trackName(track)}</b></div>
      <dl>
        ${fact(t`State`, tr(states[track.state]))} ${fact('MMSI', track.mmsi)} ${fact(t`Call sign`, track.callsign)}
        ${track.mmsi ? fact(t`Type`, shipType(track.ship_type)) : nothing}
        ${track.length_m ? fact(t`Length`, `${Math.round(track.length_m)} m`) : nothing}
        ${fact(t`Position`, position(track.at))}
        ${fact(t`Speed`, knots(track.speed_mps))} ${fact(t`Course`, bearing(track.course_deg))}
        ${typeof track.heading_deg === 'number' ? fact(t`Heading`, bearing(track.heading_deg)) : nothing}
        ${track.ellipse
          ? fact(t`95 % within`, t`${distance(track.ellipse.major_m)} by ${distance(track.ellipse.minor_m)}, along ${bearing(track.ellipse.direction_deg)}`)
          : nothing}
        ${fact(t`Last report`, t`${clock(track.updated)} UTC, ${age(secondsBetween(track.updated, this.picture.now))} old`)}
        ${fact(t`Source`, track.source)} ${fact(t`Not heard because`, this.unheard(track.source))}
      </dl>
      ${this.passing(track)}
      <h3>${t`The last reports it stands on`}</h3>
      ${trouble ? html`<p class="error">${trouble}</p>` : nothing}
      ${value
        ? [...value.evidence].reverse().map((evidence) => html`
            <div class="soft small">${clock(evidence.time)} ${evidence.source}</div>
            <pre>${evidence.raw}</pre>`)
        : trouble ? nothing : html`<p class="soft">${t`Being fetched.`}</p>`}
    </div>`;
  }
}
