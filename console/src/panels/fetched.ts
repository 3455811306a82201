/** Keeps one answer of the server at hand for a thing on the screen: asks when the thing or its version changes, at most
 * once every two seconds, and lets a late answer to an old question fall. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const AT_MOST_EVERY_MS = 2000;

export class Fetched<T> implements ReactiveController {
  value: T | null = null;
  trouble = '';
  private key = '';
  private version = '';
  private askedAt = -Infinity;
  private timer = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly ask: (key: string) => Promise<T>,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
  }

  /** Call on every update. A new key forgets the old answer at once; a new version replaces it when it comes. No key, no question. */
  want(key: string, version: string): void {
    if (key !== this.key) {
      this.value = null;
      this.trouble = '';
      this.key = key;
      this.version = '';
      this.askedAt = -Infinity;
    }
    if (!key) clearTimeout(this.timer);
    if (!key || version === this.version) return;
    this.version = version;
    clearTimeout(this.timer);
    const wait = Math.max(0, this.askedAt + AT_MOST_EVERY_MS - performance.now());
    this.timer = window.setTimeout(() => void this.fetch(), wait);
  }

  private async fetch(): Promise<void> {
    const key = this.key;
    this.askedAt = performance.now();
    try {
      const value = await this.ask(key);
      if (key !== this.key) return;
      this.value = value;
      this.trouble = '';
    } catch (error) {
      if (key === this.key) this.trouble = (error as Error).message;
    }
    this.host.requestUpdate();
  }
}
