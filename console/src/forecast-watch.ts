/** The selected incident's forecast: fetched when there is a new one, and shown for the time that is looked at. */
import type { ReactiveControllerHost } from 'lit';
import { api } from './api';
import type { Forecast } from './api';
import { cloudAt, minuteShown } from './chart/forecast';
import type { Cloud } from './chart/forecast';
import type { Picture } from './picture';
import type { Selection } from './selection';

export class ForecastWatch {
  forecast: Forecast | null = null;
  cloud: Cloud | null = null;
  /** Milliseconds since 1970 where the slider is held, and where the officer looks ahead; null: the picture's own time. */
  preview: number | null = null;
  ahead: number | null = null;
  private key = '';

  /** @param failed  what the server says where it has none */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly failed: (words: string) => void,
  ) {}

  /** Looks at another time. */
  look(time: Partial<Pick<ForecastWatch, 'preview' | 'ahead'>>): void {
    Object.assign(this, time);
    this.host.requestUpdate();
  }

  /** Call on every update. */
  follow(picture: Picture, selection: Selection): void {
    this.fetch(picture, selection);
    const { forecast } = this;
    const minute = forecast && minuteShown(forecast, this.preview ?? this.ahead ?? Date.parse(picture.now));
    if (!forecast || minute === null) this.cloud = null;
    else if (this.cloud?.id !== `${forecast.id} ${minute}`) this.cloud = cloudAt(forecast, minute);
  }

  private fetch(picture: Picture, selection: Selection): void {
    const incident = selection?.kind === 'incident' ? picture.incidents.get(selection.id) : undefined;
    const key = incident?.forecast ? `${incident.id} ${incident.forecast} ${picture.resets}` : '';
    if (key === this.key) return;
    this.key = key;
    // The old cloud stays until the new one is here, unless it is another incident's.
    if (this.forecast?.incident !== incident?.id || !key) this.forecast = null;
    if (!incident || !key) return;
    api.forecast(incident.id).then(
      (forecast) => {
        if (this.key !== key) return;
        this.forecast = forecast;
        this.host.requestUpdate();
      },
      (error: Error) => {
        if (this.key === key) this.failed(error.message);
      },
    );
  }
}
