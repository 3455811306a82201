/** The chart under everything, from the server's own GeoJSON: no tile host, no glyphs (symbols.ts writes the words). */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { ChartColours } from '../palette';

const layer = (name: string): ExpressionSpecification => ['==', ['get', 'layer'], name];
const feature = (start: string): ExpressionSpecification => [
  'all',
  layer('line'),
  ['==', ['slice', ['get', 'feature'], 0, start.length], start],
];

export function chartStyle(map: GeoJSON.FeatureCollection, colours: ChartColours): StyleSpecification {
  const lines: [string, ExpressionSpecification, string, number, number[]][] = [
    ['eez', feature('EEZ'), colours.boundary, 1.2, [6, 2, 1, 2]],
    ['territorial', feature('territorial'), colours.boundary, 1, [5, 3]],
    ['region', feature('search'), colours.rescueRegion, 1.6, [2, 2]],
  ];
  return {
    version: 8,
    sources: { chart: { type: 'geojson', data: map, tolerance: 0.3 }, extract: { type: 'geojson', data: extractOf(map) } },
    layers: [
      // What no source knows is not drawn as sea.
      { id: 'unknown', type: 'background', paint: { 'background-color': colours.unknown } },
      { id: 'sea', type: 'fill', source: 'extract', paint: { 'fill-color': colours.sea, 'fill-antialias': false } },
      { id: 'extract', type: 'line', source: 'extract', paint: { 'line-color': colours.coast, 'line-width': 1, 'line-dasharray': [2, 3] } },
      {
        id: 'lane-area',
        type: 'fill',
        source: 'chart',
        filter: ['all', layer('lane'), ['==', ['geometry-type'], 'Polygon']],
        paint: { 'fill-color': colours.lane, 'fill-opacity': 0.35 },
      },
      {
        id: 'lane',
        type: 'line',
        source: 'chart',
        filter: layer('lane'),
        paint: { 'line-color': colours.lane, 'line-width': 7, 'line-opacity': 0.45 },
      },
      { id: 'land', type: 'fill', source: 'chart', filter: layer('land'), paint: { 'fill-color': colours.land, 'fill-antialias': false } },
      {
        id: 'coast',
        type: 'line',
        source: 'chart',
        filter: layer('land'),
        paint: { 'line-color': colours.coast, 'line-width': 1 },
      },
      ...lines.map(
        ([id, filter, colour, width, dashes]): LayerSpecification => ({
          id,
          type: 'line',
          source: 'chart',
          filter,
          paint: { 'line-color': colour, 'line-width': width, 'line-dasharray': dashes },
        }),
      ),
    ],
  };
}

/** Recolours a style in place: cheaper than a new one, and the chart does not blink. */
export function recolour(set: (layer: string, property: string, value: string) => void, colours: ChartColours): void {
  set('unknown', 'background-color', colours.unknown);
  set('sea', 'fill-color', colours.sea);
  set('extract', 'line-color', colours.coast);
  set('lane-area', 'fill-color', colours.lane);
  set('lane', 'line-color', colours.lane);
  set('land', 'fill-color', colours.land);
  set('coast', 'line-color', colours.coast);
  set('eez', 'line-color', colours.boundary);
  set('territorial', 'line-color', colours.boundary);
  set('region', 'line-color', colours.rescueRegion);
}

/** Which of the style's layers an officer turns on and off under what name. */
export const layersOf = [['lane-area', 'lanes'], ['lane', 'lanes'], ['eez', 'limits'], ['territorial', 'limits'], ['region', 'limits']] as const;

/** The box that the chart's land and lines come from. Empty where there are none. */
export function extractOf(map: GeoJSON.FeatureCollection): GeoJSON.FeatureCollection {
  const [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const box = { west, south, east, north };
  const look = (each: unknown): void => {
    if (!Array.isArray(each)) return;
    if (typeof each[0] !== 'number') return each.forEach(look);
    const [lon, lat] = each as [number, number];
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  };
  for (const { geometry, properties } of map.features) if (properties?.layer === 'land' && 'coordinates' in geometry) look(geometry.coordinates);
  if (!(box.west < box.east)) return { type: 'FeatureCollection', features: [] };
  const ring = [[box.west, box.south], [box.east, box.south], [box.east, box.north], [box.west, box.north], [box.west, box.south]];
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }] };
}

/** The towns, for the labels. */
export function placesOf(map: GeoJSON.FeatureCollection): { name: string; at: [number, number]; weight: number }[] {
  return map.features.flatMap(({ properties, geometry }) => {
    if (properties?.layer !== 'place' || geometry.type !== 'Point') return [];
    const [lon, lat] = geometry.coordinates as [number, number];
    return [{ name: String(properties.name ?? ''), at: [lon, lat], weight: Number(properties.population ?? 0) }];
  });
}
