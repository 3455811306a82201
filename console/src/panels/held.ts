/** Tells a list whether somebody is at it: the pointer over it, or the keyboard in it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Held implements ReactiveController {
  private pointer = false;
  private keyboard = false;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  get now(): boolean {
    return this.pointer || this.keyboard;
  }

  hostConnected(): void {
    this.host.addEventListener('pointerenter', () => this.set(true, this.keyboard));
    this.host.addEventListener('pointerleave', () => this.set(false, this.keyboard));
    this.host.addEventListener('focusin', () => this.set(this.pointer, true));
    this.host.addEventListener('focusout', () => this.set(this.pointer, false));
  }

  private set(pointer: boolean, keyboard: boolean): void {
    const before = this.now;
    this.pointer = pointer;
    this.keyboard = keyboard;
    if (before !== this.now) this.host.requestUpdate();
  }
}
