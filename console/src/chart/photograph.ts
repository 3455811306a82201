/** The chart as one image: what MapLibre, deck.gl and the symbols have drawn, one over the other. */
import type { MapLibreOverlay } from '@deck.gl/maplibre';
import type { Map as MapLibreMap } from 'maplibre-gl';

/** WebGL keeps a picture no longer than the turn in which it was drawn: each is taken in its own. */
export function photograph(map: MapLibreMap, overlay: MapLibreOverlay, layers: { deck: HTMLCanvasElement | null; symbols: HTMLCanvasElement }): Promise<Blob | null> {
  return new Promise((resolve) => {
    map.once('render', () => {
      const base = map.getCanvas();
      const image = document.createElement('canvas');
      [image.width, image.height] = [base.width, base.height];
      const context = image.getContext('2d')!;
      const lay = (canvas: HTMLCanvasElement) => context.drawImage(canvas, 0, 0, image.width, image.height);
      lay(base);
      if (layers.deck) {
        (overlay as unknown as { _deck?: { redraw(reason: string): void } })._deck?.redraw('photograph');
        lay(layers.deck);
      }
      lay(layers.symbols);
      image.toBlob(resolve, 'image/png');
    });
    map.triggerRepaint();
  });
}
