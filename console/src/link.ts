/** The one WebSocket to the server: opens, listens, notices silence, and tries again by itself. */
import { api, Refused } from './api';
import type { Frame } from './api';
import type { Starting } from './starting';

const RETRY_MS = [500, 1000, 2000, 5000];
/** With no word for so long, the server is asked whether it still lives, and has so long to answer: five seconds in all. */
const SILENCE_MS = 2000;
const HEALTH_MS = 2500;
const LOOK_MS = 500;
/** No look counts for more: a page that was held up itself heard nothing because it did not listen. A hidden one may look seldom. */
const LOOK_COUNTS_MS = 1000;
/** A desk that starts is looked at as often as its own page does. */
const STARTING_MS = 1000;
/** A server that takes the connection and never answers is tried anew after so long. */
const OPENING_MS = 5000;

export interface LinkListener {
  frame(frame: Frame): void;
  /** `lostAt`, when the server was last heard, in milliseconds since 1970 while there is no connection; null while there is. `starting`, how far it is. */
  connection(lostAt: number | null, starting: Starting | null): void;
}

export class Link {
  private socket: WebSocket | null = null;
  private attempts = 0;
  private lostAt: number | null = null;
  private starting: Starting | null = null;
  private heardAt = 0;
  /** How long it has listened to silence. */
  private quiet_ms = 0;
  private lookedAt = Date.now();
  private asking: AbortController | null = null;

  constructor(private readonly listener: LinkListener) {
    setInterval(() => this.watchSilence(), LOOK_MS);
  }

  open(): void {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}/ws`);
    this.socket = socket;
    const patience = setTimeout(() => socket.close(), OPENING_MS);
    socket.onopen = () => {
      clearTimeout(patience);
      this.quiet_ms = 0;
    };
    socket.onmessage = (message: MessageEvent<string>) => {
      if (this.socket !== socket) return;
      this.heard();
      const frame = JSON.parse(message.data) as Frame;
      if (frame.type === 'hello') this.connected();
      this.listener.frame(frame);
    };
    socket.onclose = () => {
      if (this.socket === socket) this.lost();
    };
  }

  private connected(): void {
    this.attempts = 0;
    this.lostAt = null;
    this.starting = null;
    this.listener.connection(null, null);
  }

  private lost(): void {
    this.socket = null;
    this.asking?.abort();
    this.lostAt ??= this.heardAt || Date.now();
    this.listener.connection(this.lostAt, this.starting);
    const wait = this.starting ? STARTING_MS : RETRY_MS[Math.min(this.attempts++, RETRY_MS.length - 1)]!;
    setTimeout(() => this.open(), wait);
    void this.howFar();
  }

  /** A browser does not say why it got no socket: a desk that starts is asked. */
  private async howFar(): Promise<void> {
    const found = await api.health(AbortSignal.timeout(HEALTH_MS)).then(() => null, (error: unknown) => (error instanceof Refused ? error.starting : null));
    if (this.lostAt === null) return;
    this.starting = found;
    this.listener.connection(this.lostAt, found);
  }

  private heard(): void {
    this.heardAt = Date.now();
    this.quiet_ms = 0;
  }

  /** A cable pulled out closes no socket: silence is asked about, and no answer counts as lost. */
  private watchSilence(): void {
    const now = Date.now();
    this.quiet_ms += Math.min(now - this.lookedAt, document.hidden ? Infinity : LOOK_COUNTS_MS);
    this.lookedAt = now;
    const { socket } = this;
    if (!socket || socket.readyState !== WebSocket.OPEN) return;
    if (this.quiet_ms >= SILENCE_MS + HEALTH_MS) {
      socket.close();
      this.lost();
    } else if (this.quiet_ms >= SILENCE_MS && !this.asking) void this.ask(socket);
  }

  private async ask(socket: WebSocket): Promise<void> {
    this.asking = new AbortController();
    try {
      await api.health(this.asking.signal);
      if (this.socket === socket) this.heard();
    } catch {
      // Silence goes on, and is counted.
    }
    this.asking = null;
  }
}
