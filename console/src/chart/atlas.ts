/** One canvas with every symbol, for deck.gl's IconLayer. Ships are masks, tinted as they are drawn; units and incidents
 * carry their own colours, so the canvas is drawn anew for each palette. */
import type { ChartColours, Colour } from '../palette';
import {
  phaseShapes, ringShape, shipShape, stoppedShape, unitLetters, unitShape, unknownMovingShape, unknownShape,
} from './marks';
import type { Shape } from './marks';

const SIDE = 96;
const COLUMNS = 8;

interface Icon {
  x: number;
  y: number;
  width: number;
  height: number;
  anchorX: number;
  anchorY: number;
  mask: boolean;
}

export interface Atlas {
  image: HTMLCanvasElement;
  mapping: Record<string, Icon>;
}

const css = (colour: Colour): string => `rgb(${colour.join(',')})`;

export function drawAtlas(colours: ChartColours): Atlas {
  const drawings: [string, boolean, (context: CanvasRenderingContext2D) => void][] = [
    ['ship', true, mask(shipShape)],
    ['stopped', true, mask(stoppedShape)],
    ['unknown-moving', true, mask(unknownMovingShape)],
    ['unknown', true, mask(unknownShape)],
    ['ring', true, mask(ringShape)],
    ...(['uncertainty', 'alert', 'distress'] as const).map(
      (phase): [string, boolean, (context: CanvasRenderingContext2D) => void] => [
        phase,
        false,
        badge(phaseShapes[phase], colours[phase], colours.phaseInk, colours.halo, phase === 'alert' ? 20 : 16.5),
      ],
    ),
    ...Object.keys(unitLetters).flatMap((kind) =>
      ['UK', 'FR'].map((state): [string, boolean, (context: CanvasRenderingContext2D) => void] => [
        `${kind}-${state}`,
        false,
        badge(unitShape(kind, state), colours.unit, colours.unitInk, colours.halo, 16.5),
      ]),
    ),
  ];
  const image = document.createElement('canvas');
  image.width = SIDE * COLUMNS;
  image.height = SIDE * Math.ceil(drawings.length / COLUMNS);
  const context = image.getContext('2d')!;
  const mapping: Record<string, Icon> = {};
  drawings.forEach(([name, isMask, draw], i) => {
    const x = (i % COLUMNS) * SIDE;
    const y = Math.floor(i / COLUMNS) * SIDE;
    mapping[name] = { x, y, width: SIDE, height: SIDE, anchorX: SIDE / 2, anchorY: SIDE / 2, mask: isMask };
    context.save();
    context.translate(x + 3, y + 3);
    context.scale((SIDE - 6) / 32, (SIDE - 6) / 32);
    draw(context);
    context.restore();
  });
  return { image, mapping };
}

const mask = (path: string) => (context: CanvasRenderingContext2D) => {
  context.fillStyle = 'black';
  context.fill(new Path2D(path), 'evenodd');
};

const badge =
  (shape: Shape, fill: Colour, ink: Colour, halo: Colour, middle: number) => (context: CanvasRenderingContext2D) => {
    const path = new Path2D(shape.path);
    context.fillStyle = css(fill);
    context.strokeStyle = css(halo);
    context.lineWidth = 2;
    context.lineJoin = 'round';
    context.stroke(path);
    context.fill(path);
    context.fillStyle = css(ink);
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.font = `bold ${shape.word.length > 1 ? 11 : 17}px "Noto Sans", "DejaVu Sans", sans-serif`;
    context.fillText(shape.word, 16, middle);
  };
