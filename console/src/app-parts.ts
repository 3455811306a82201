/** The parts of the page that only show: what stands over every view, who sits here, and what is selected. */
import { html, nothing } from 'lit';
import { api } from './api';
import { openAccounts, openOwnPassword } from './dialogs';
import type { ForecastWatch } from './forecast-watch';
import { age, clock, incidentName } from './format';
import { t } from './i18n';
import { mayReadAccounts, roleName } from './me';
import type { Picture } from './picture';
import type { Selection } from './selection';
import type { Session } from './session';
import { startingWords } from './starting';
import type { Starting } from './starting';

/** What stands on every view. */
export function banners(picture: Picture, { who }: Session, lostAt: number | null, starting: Starting | null) {
  return html`${who?.demonstration ? html`<div class="demonstration" role="note"><b>${t`DEMONSTRATION`}</b> ${t`Nobody signs in here, and whoever sits at this machine may report and order.`}</div>` : nothing}
    ${picture.exercise
      ? html`<div class="exercise" role="note"><b>EXERCISE</b> <span>${picture.notice.replace(/^EXERCISE\W*/, '')}</span></div>`
      : nothing}
    ${picture.sandbox ? sandbox(picture, picture.sandbox) : nothing}
    ${lostAt !== null ? lost(picture, lostAt, starting) : picture.trouble ? html`<div class="lost" role="alert"><b>${t`The server has trouble`}</b> ${picture.trouble}</div>` : nothing}`;
}

/** A replay in which something was reported: from there on it is not what happened. */
function sandbox(picture: Picture, since: string) {
  const back = () => void api.play({ to: picture.now }).catch(() => undefined);
  return html`<div class="sandbox" role="note"><b>${t`SANDBOX`}</b> ${t`Since ${clock(since)} UTC this is the day with what was reported here. Nothing of it is recorded; to go to another time is to be back in the day as it was.`}
    <button @click=${back}>${t`Back to the day as it was`}</button></div>`;
}

function lost(picture: Picture, lostAt: number, starting: Starting | null) {
  return html`<div class="lost" role="alert">
    ${starting
      ? html`<b>${t`The desk is starting`}</b> ${startingWords(starting)}`
      : html`<b>${t`Connection lost`}</b>`}
    ${picture.known
      ? t`The picture is as it was at ${clock(picture.now)} UTC, ${age((Date.now() - lostAt) / 1000)} ago. Trying again.`
      : t`There is no picture yet. Trying again.`}
  </div>`;
}

export function whoSits(session: Session, picture: Picture) {
  const { who } = session;
  if (!who || who.demonstration) return nothing;
  return html`<span class="who" title=${who.unit ?? ''}>${t`${who.account}, ${roleName(who.role)}`}</span>
    ${mayReadAccounts() ? html`<obc-button variant="flat" @click=${(event: Event) => void openAccounts((event.currentTarget as HTMLElement).getRootNode() as ShadowRoot, picture)}>${t`Accounts`}</obc-button>` : nothing}
    <obc-button variant="flat" @click=${(event: Event) => void openOwnPassword((event.currentTarget as HTMLElement).getRootNode() as ShadowRoot, () => void session.ask('changed'))}>${t`Password`}</obc-button>
    <obc-button variant="flat" @click=${() => void session.signOut()}>${t`Sign out`}</obc-button>`;
}

/** A captain's page in place of the centre's. */
export function captainPage(picture: Picture, session: Session, lostAt: number | null, starting: Starting | null, whole: () => void) {
  return html`<header class="top">
      <h1>Varne</h1><span class="clock ${lostAt !== null ? 'stopped' : ''}">${clock(picture.now)} <small>UTC</small></span>
      <obc-button variant="flat" @click=${whole}>${t`Whole picture`}</obc-button> ${whoSits(session, picture)}
    </header>
    ${banners(picture, session, lostAt, starting)}
    <varne-captain class="page" .picture=${picture} .frame=${picture.frames} .unit=${session.who?.unit ?? ''} .account=${session.who?.account ?? ''}></varne-captain>`;
}

/** Which time the cloud on the chart is for. */
export function forecastTime(picture: Picture, { forecast, cloud }: ForecastWatch) {
  if (!cloud) return nothing;
  const incident = picture.incidents.get(forecast?.incident ?? '');
  return html`<div class="forecast-time">${t`Forecast for ${clock(cloud.time, false)} UTC, ${incident ? incidentName(incident) : ''}`}</div>`;
}

export function details(picture: Picture, selection: NonNullable<Selection>, { forecast, cloud, ahead }: ForecastWatch, close: () => void) {
  const part = {
    incident: () => html`<varne-incident
      .picture=${picture} .frame=${picture.frames} .incident=${selection.id} .forecast=${forecast} .cloud=${cloud} .ahead=${ahead}
    ></varne-incident>`,
    track: () => html`<varne-track .picture=${picture} .frame=${picture.frames} .track=${selection.id}></varne-track>`,
    unit: () => html`<varne-unit .picture=${picture} .frame=${picture.frames} .unit=${selection.id}></varne-unit>`,
    mark: () => html`<varne-mark .picture=${picture} .frame=${picture.frames} .mark=${selection.id}></varne-mark>`,
    sea: () => html`<varne-sea .at=${selection.kind === 'sea' ? selection.at : [0, 0]} .now=${picture.now}></varne-sea>`,
  }[selection.kind];
  const words = { incident: t`Incident`, track: t`Track`, unit: t`Unit`, mark: t`Mark`, sea: t`The sea here` }[selection.kind];
  return html`<section class="details" aria-label=${words}>
    <div class="details-head">
      <h2>${words}</h2>
      <obc-button variant="flat" @click=${close}>${t`Close`}</obc-button>
    </div>
    <div class="details-body" id="details" tabindex="0">${part()}</div>
  </section>`;
}
