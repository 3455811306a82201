/** A deck.gl layer that draws one mesh of `Ink`: places projected by deck.gl, shifts in pixels, a colour a corner. */
import { Layer, project32 } from '@deck.gl/core';
import type { UpdateParameters } from '@deck.gl/core';
import type { Buffer } from '@luma.gl/core';
import { Model } from '@luma.gl/engine';
import { STRIDE } from './ink';
import type { Mesh } from './ink';

const vs = `#version 300 es
#define SHADER_NAME ink
in vec2 place;
in vec2 placeLow;
in vec2 shift;
in vec4 ink;
out vec4 colour;
void main(void) {
  gl_Position = project_position_to_clipspace(vec3(place, 0.0), vec3(placeLow, 0.0), vec3(0.0));
  gl_Position.xy += project_pixel_size_to_clipspace(shift);
  colour = ink;
}`;

const fs = `#version 300 es
#define SHADER_NAME ink
precision mediump float;
in vec4 colour;
out vec4 fragColor;
void main(void) {
  fragColor = colour;
}`;

interface InkProps {
  mesh: Mesh;
}

export class InkLayer extends Layer<InkProps> {
  static override layerName = 'InkLayer';
  declare state: { model?: Model; buffer?: Buffer };

  override initializeState(): void {
    this.getAttributeManager()?.remove(['instancePickingColors']);
  }

  override getShaders() {
    return super.getShaders({ vs, fs, modules: [project32] }) as object;
  }

  override updateState({ props, oldProps }: UpdateParameters<this>): void {
    if (props.mesh === oldProps.mesh && this.state.model) return;
    const { model, buffer } = this.state;
    if (!model || !buffer || buffer.byteLength < props.mesh.bytes.byteLength) return this.begin(props.mesh);
    buffer.write(props.mesh.bytes);
    model.setVertexCount(props.mesh.vertices);
    this.setNeedsRedraw();
  }

  /** A buffer with room to grow, and the model that reads it. */
  private begin({ bytes, vertices }: Mesh): void {
    this.forget();
    const { device } = this.context;
    const buffer = device.createBuffer({ byteLength: Math.max(STRIDE * 64, Math.ceil(bytes.byteLength * 1.25)) });
    buffer.write(bytes);
    const model = new Model(device, {
      ...this.getShaders(),
      id: this.props.id,
      topology: 'triangle-list',
      bufferLayout: [
        {
          name: 'vertices',
          byteStride: STRIDE,
          attributes: [
            { attribute: 'place', format: 'float32x2', byteOffset: 0 },
            { attribute: 'placeLow', format: 'float32x2', byteOffset: 8 },
            { attribute: 'shift', format: 'float32x2', byteOffset: 16 },
            { attribute: 'ink', format: 'unorm8x4', byteOffset: 24 },
          ],
        },
      ],
      attributes: { vertices: buffer },
      vertexCount: vertices,
      isInstanced: false,
    });
    this.setState({ model, buffer });
  }

  override draw(): void {
    if (this.props.mesh.vertices > 0) this.state.model?.draw(this.context.renderPass);
  }

  override finalizeState(context: Parameters<Layer['finalizeState']>[0]): void {
    super.finalizeState(context);
    this.forget();
  }

  private forget(): void {
    this.state.model?.destroy();
    this.state.buffer?.destroy();
  }
}
