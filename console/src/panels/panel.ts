/** A panel that shows the picture. The picture is one object that changes in place; `frame` tells Lit that it did. */
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Picture } from '../picture';

export class Panel extends LitElement {
  @property({ attribute: false }) picture!: Picture;
  @property({ attribute: false }) frame = 0;
}
