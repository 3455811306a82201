/** The picture as files for other programs: GPX, KML, GeoJSON. What is not known is left out, never zero. */
import type { LonLat } from './api';
import { lastWord } from './danger';
import { incidentName, trackName } from './format';
import type { Picture } from './picture';

interface Place {
  name: string;
  at: LonLat;
  time: string | null;
  properties: Record<string, unknown>;
}

/** Open incidents, units and craft that have a place. */
function placesIn(picture: Picture): Place[] {
  const places: Place[] = [];
  for (const incident of picture.incidents.values())
    if (incident.open && incident.at)
      places.push({ name: incidentName(incident), at: incident.at, time: lastWord(incident), properties: { kind: 'incident', phase: incident.phase, persons: incident.persons, centre: incident.centre, error_m: incident.error_m } });
  for (const unit of picture.units.values())
    if (unit.at) places.push({ name: unit.name, at: unit.at, time: unit.updated ?? null, properties: { kind: unit.kind, state: unit.state, centre: unit.centre } });
  for (const track of picture.tracks.values())
    places.push({ name: trackName(track), at: track.at, time: track.updated, properties: { kind: 'track', mmsi: track.mmsi, speed_mps: track.speed_mps, course_deg: track.course_deg, state: track.state } });
  return places;
}

const escaped = (text: string): string =>
  [...text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')].filter((each) => each >= ' ').join('');

const said = (picture: Picture): string => [picture.exercise ? 'EXERCISE' : '', picture.title, picture.now].filter(Boolean).join(', ');

export function geojson(picture: Picture): string {
  const features = placesIn(picture).map(({ name, at, time, properties }) => ({
    type: 'Feature', geometry: { type: 'Point', coordinates: at },
    properties: Object.fromEntries(Object.entries({ name, time, ...properties }).filter(([, value]) => value !== null && value !== undefined)),
  }));
  return JSON.stringify({ type: 'FeatureCollection', name: said(picture), features });
}

/** GPX 1.1 (topografix.com/GPX/1/1): a waypoint each. */
export function gpx(picture: Picture): string {
  const points = placesIn(picture).map(({ name, at: [lon, lat], time, properties }) =>
    `<wpt lat="${lat}" lon="${lon}">${time ? `<time>${escaped(time)}</time>` : ''}<name>${escaped(name)}</name><type>${escaped(String(properties.kind))}</type></wpt>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Varne" xmlns="http://www.topografix.com/GPX/1/1"><metadata><name>${escaped(said(picture))}</name></metadata>\n${points.join('\n')}\n</gpx>\n`;
}

/** KML 2.2 (OGC 07-147r2): a placemark each. */
export function kml(picture: Picture): string {
  const marks = placesIn(picture).map(({ name, at: [lon, lat], time, properties }) =>
    `<Placemark><name>${escaped(name)}</name><description>${escaped(String(properties.kind))}</description>${time ? `<TimeStamp><when>${escaped(time)}</when></TimeStamp>` : ''}<Point><coordinates>${lon},${lat}</coordinates></Point></Placemark>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${escaped(said(picture))}</name>\n${marks.join('\n')}\n</Document></kml>\n`;
}

/** Lets the browser keep it as a file. */
export function save(name: string, type: string, content: string | Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
