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
    sources: { chart: { type: 'geojson', data: map, tolerance: 0.3 } },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': colours.sea } },
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
  set('sea', 'background-color', colours.sea);
  set('lane-area', 'fill-color', colours.lane);
  set('lane', 'line-color', colours.lane);
  set('land', 'fill-color', colours.land);
  set('coast', 'line-color', colours.coast);
  set('eez', 'line-color', colours.boundary);
  set('territorial', 'line-color', colours.boundary);
  set('region', 'line-color', colours.rescueRegion);
}

/** The towns, for the labels. */
export function placesOf(map: GeoJSON.FeatureCollection): { name: string; at: [number, number]; weight: number }[] {
  return map.features.flatMap(({ properties, geometry }) => {
    if (properties?.layer !== 'place' || geometry.type !== 'Point') return [];
    const [lon, lat] = geometry.coordinates as [number, number];
    return [{ name: String(properties.name ?? ''), at: [lon, lat], weight: Number(properties.population ?? 0) }];
  });
}
