/** The picture as deck.gl layers, from bottom to top: cloud, contours, ellipses, courses, ships, units, incidents, names. */
import { IconLayer, LineLayer, PathLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { Layer } from '@deck.gl/core';
import type { Incident, LonLat, Track, Unit } from '../api';
import type { ChartColours, Colour } from '../palette';
import type { Atlas } from './atlas';
import type { Cloud } from './forecast';
import { ahead, ellipseRing } from './geo';
import type { Placed, Side } from './labels';
import { heading, iconOf, identified, moving, opacityOf } from './signs';

export const FONT = '"Noto Sans", "DejaVu Sans", sans-serif';
/** Course lines reach where a ship will be in six minutes: a tenth of its speed in knots, in miles. */
const COURSE_SECONDS = 360;

export interface Scene {
  now: string;
  tracks: Track[];
  units: Unit[];
  incidents: Incident[];
  cloud: Cloud | null;
  labels: Placed[];
  selectedAt: LonLat | null;
  selectedTrack: string | null;
  colours: ChartColours;
  atlas: Atlas;
}

type Rgba = [number, number, number, number];
const at = (colour: Colour, alpha: number): Rgba => [...colour, alpha];

const opacity = (track: Track, now: string, selected: boolean): number => (selected ? 255 : opacityOf(track, now));

/** Arrays made from the tracks once a change, not once a frame. */
export interface TrackArrays {
  ships: Track[];
  courses: Track[];
  ellipses: Track[];
}

export function trackArrays(tracks: Track[]): TrackArrays {
  return {
    ships: tracks,
    courses: tracks.filter((track) => moving(track) && typeof track.course_deg === 'number'),
    ellipses: tracks.filter((track) => track.ellipse && !identified(track)),
  };
}

export function layersOf(scene: Scene, arrays: TrackArrays): Layer[] {
  const { colours, atlas, now, selectedTrack } = scene;
  const icons = { iconAtlas: atlas.image as unknown as string, iconMapping: atlas.mapping };
  const trackColour = (track: Track): Rgba =>
    at(
      track.id === selectedTrack ? colours.selected : identified(track) ? colours.ship : colours.unidentified,
      opacity(track, now, track.id === selectedTrack),
    );
  const repaint = [colours, selectedTrack];
  return [
    ...cloudLayers(scene),
    new PathLayer<Track>({
      id: 'ellipses',
      data: arrays.ellipses,
      getPath: (track) => ellipseRing(track.at, track.ellipse!),
      getColor: (track) => at(colours.unidentified, track.state === 'confirmed' ? 190 : 110),
      getWidth: 1.2,
      widthUnits: 'pixels',
      updateTriggers: { getColor: repaint },
    }),
    new LineLayer<Track>({
      id: 'courses',
      data: arrays.courses,
      getSourcePosition: (track) => track.at,
      getTargetPosition: (track) => ahead(track.at, track.speed_mps!, track.course_deg!, COURSE_SECONDS),
      getColor: (track) => at(trackColour(track).slice(0, 3) as Colour, Math.min(150, opacityOf(track, now))),
      getWidth: 1,
      widthUnits: 'pixels',
      updateTriggers: { getColor: repaint },
    }),
    new IconLayer<Track>({
      id: 'tracks',
      ...icons,
      data: arrays.ships,
      getIcon: iconOf,
      getPosition: (track) => track.at,
      getAngle: (track) => -(heading(track) ?? 0),
      getColor: trackColour,
      getSize: (track) => (identified(track) ? ((track.length_m ?? 0) >= 100 ? 17 : 13) : 15),
      sizeUnits: 'pixels',
      updateTriggers: { getColor: repaint },
    }),
    new IconLayer<Unit>({
      id: 'units',
      ...icons,
      data: scene.units,
      getIcon: (unit) => `${unit.kind}-${unit.state === 'FR' ? 'FR' : 'UK'}`,
      getPosition: (unit) => unit.at!,
      getSize: 21,
      sizeUnits: 'pixels',
    }),
    new IconLayer<Incident>({
      id: 'incidents',
      ...icons,
      data: scene.incidents,
      getIcon: (incident) => incident.phase,
      getPosition: (incident) => incident.at!,
      getColor: (incident) => [0, 0, 0, incident.open ? 255 : 90],
      getSize: (incident) => (incident.open ? 30 : 18),
      sizeUnits: 'pixels',
    }),
    new IconLayer<LonLat>({
      id: 'selected',
      ...icons,
      data: scene.selectedAt ? [scene.selectedAt] : [],
      getIcon: () => 'ring',
      getPosition: (place) => place,
      getColor: at(colours.selected, 255),
      getSize: 44,
      sizeUnits: 'pixels',
      updateTriggers: { getColor: repaint },
    }),
    labelLayer(scene),
  ];
}

function cloudLayers({ cloud, colours }: Scene): Layer[] {
  if (!cloud) return [];
  const ring = (width: number, rings: LonLat[][], level: string) =>
    new PathLayer<LonLat[]>({
      id: `contour${level}`,
      data: rings,
      getPath: (path) => closed(path),
      getColor: at(colours.contour, 230),
      getWidth: width,
      widthUnits: 'pixels',
      jointRounded: true,
      updateTriggers: { getColor: colours },
    });
  // The more points, the fainter each: a cloud shows its thick and its thin, not a blot.
  const faint = Math.max(36, Math.min(150, Math.round(9000 / Math.sqrt(cloud.count))));
  const tint = new Uint8Array(cloud.count * 4);
  for (let i = 0; i < cloud.count; i++) {
    tint.set(colours.cloud[cloud.states[i] as 0 | 1 | 2] ?? colours.cloud[0], i * 4);
    tint[i * 4 + 3] = cloud.states[i] === 2 ? 0 : faint;
  }
  return [
    new ScatterplotLayer({
      id: 'cloud',
      data: {
        length: cloud.count,
        attributes: {
          getPosition: { value: cloud.positions, size: 2 },
          getFillColor: { value: tint, size: 4, normalized: true },
        },
      },
      getRadius: 1.4,
      radiusUnits: 'pixels',
    }),
    ring(2.4, cloud.contour50, '50'),
    ring(1.2, cloud.contour90, '90'),
  ];
}

const closed = (path: LonLat[]): LonLat[] => {
  const first = path[0];
  const last = path.at(-1);
  return !first || !last || (first[0] === last[0] && first[1] === last[1]) ? path : [...path, first];
};

const anchor: Record<Side, 'start' | 'end' | 'middle'> = { right: 'start', left: 'end', above: 'middle', below: 'middle' };
const baseline: Record<Side, 'center' | 'bottom' | 'top'> = { right: 'center', left: 'center', above: 'bottom', below: 'top' };

function labelLayer({ labels, colours }: Scene): Layer {
  const shift = (label: Placed): [number, number] => {
    const gap = label.clear + 3;
    return { right: [gap, 0], left: [-gap, 0], above: [0, -gap], below: [0, gap] }[label.side] as [number, number];
  };
  return new TextLayer<Placed>({
    id: 'labels',
    data: labels,
    getText: (label) => label.text,
    getPosition: (label) => label.at,
    getSize: (label) => label.size,
    getColor: (label) => at(label.colour, 255),
    getTextAnchor: (label) => anchor[label.side],
    getAlignmentBaseline: (label) => baseline[label.side],
    getPixelOffset: shift,
    fontFamily: FONT,
    fontWeight: 600,
    characterSet: 'auto',
    fontSettings: { sdf: true, fontSize: 40, buffer: 6, radius: 10 },
    outlineWidth: 3,
    outlineColor: at(colours.halo, 235),
    updateTriggers: { all: colours },
  });
}
