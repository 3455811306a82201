/** The one WebSocket to the server: opens, listens, notices silence, and tries again by itself. */
import { api } from './api';
import type { Frame } from './api';

const RETRY_MS = [500, 1000, 2000, 5000];
/** With no word for so long, the server is asked whether it still lives. */
const SILENCE_MS = 8000;
const HEALTH_MS = 4000;

export interface LinkListener {
  frame(frame: Frame): void;
  /** `lostAt` in milliseconds since 1970 while there is no connection, null while there is. */
  connection(lostAt: number | null): void;
}

export class Link {
  private socket: WebSocket | null = null;
  private attempts = 0;
  private lostAt: number | null = null;
  private heardAt = 0;
  private asking = false;

  constructor(private readonly listener: LinkListener) {
    setInterval(() => void this.watchSilence(), 2000);
  }

  open(): void {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(`${scheme}//${location.host}/ws`);
    this.socket = socket;
    socket.onmessage = (message: MessageEvent<string>) => {
      this.heardAt = Date.now();
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
    this.listener.connection(null);
  }

  private lost(): void {
    this.socket = null;
    this.lostAt ??= Date.now();
    this.listener.connection(this.lostAt);
    const wait = RETRY_MS[Math.min(this.attempts++, RETRY_MS.length - 1)]!;
    setTimeout(() => this.open(), wait);
  }

  /** A cable pulled out closes no socket: silence is asked about, and no answer counts as lost. */
  private async watchSilence(): Promise<void> {
    const socket = this.socket;
    if (!socket || socket.readyState !== WebSocket.OPEN || this.asking) return;
    if (Date.now() - this.heardAt < SILENCE_MS) return;
    this.asking = true;
    try {
      await api.health(AbortSignal.timeout(HEALTH_MS));
      this.heardAt = Date.now();
    } catch {
      if (this.socket === socket) {
        socket.close();
        this.lost();
      }
    } finally {
      this.asking = false;
    }
  }
}
