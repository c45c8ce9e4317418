/** The side that reads the socket: in a Worker, or in the same thread where there is none. */

import { SYSTEM_TIMING, type Timing } from "../timing.ts";
import { StreamConnection } from "./connection.ts";
import type { PageMessage, Port, WorkerMessage } from "./messages.ts";
import type { Network, OpenSocket } from "./socket.ts";

export interface HostOptions {
  readonly openSocket?: OpenSocket;
  readonly timing?: Timing;
  readonly network?: Network;
}

/**
 * Does what the page says, and sends one frame for each that it asks for. What comes in between adds up,
 * bounded, until the page asks again.
 */
export class StreamHost {
  readonly #port: Port<WorkerMessage, PageMessage>;
  readonly #options: HostOptions;
  readonly #tokens = new Map<number, (token: string | null) => void>();
  #connection: StreamConnection | null = null;
  #asked = false;
  #changed = false;
  #lastToken = 0;

  constructor(port: Port<WorkerMessage, PageMessage>, options: HostOptions = {}) {
    this.#port = port;
    this.#options = options;
    port.listen((message) => this.#receive(message));
  }

  #receive(message: PageMessage): void {
    const connection = this.#connection;
    switch (message.kind) {
      case "open":
        return this.#open(message.url);
      case "subscribe":
        return connection?.subscriptions.add(message.channel, message.depth, message.market);
      case "unsubscribe":
        return connection?.subscriptions.remove(message.channel);
      case "identity":
        return connection?.authenticate(
          message.person === null ? null : (renew) => this.#token(renew),
          message.account,
        );
      case "token":
        this.#tokens.get(message.id)?.(message.token);
        this.#tokens.delete(message.id);
        return;
      case "ask":
        this.#asked = true;
        return this.#answer();
      case "withdraw":
        this.#asked = false;
        return;
      case "close":
        connection?.close();
        this.#port.close();
        return;
    }
  }

  #open(url: string): void {
    this.#connection ??= new StreamConnection({
      url,
      openSocket: this.#options.openSocket ?? ((address) => new WebSocket(address)),
      timing: this.#options.timing ?? SYSTEM_TIMING,
      ...(this.#options.network === undefined ? {} : { network: this.#options.network }),
      changed: () => this.#noteChange(),
    });
  }

  #noteChange(): void {
    if (this.#changed) return;
    this.#changed = true;
    // What one message of the socket brings about goes out together.
    queueMicrotask(() => this.#answer());
  }

  #answer(): void {
    const connection = this.#connection;
    if (!this.#asked || !this.#changed || connection === null) return;
    this.#asked = false;
    this.#changed = false;
    this.#port.post({
      kind: "frame",
      status: connection.status,
      channels: connection.subscriptions.take(),
      refused: connection.subscriptions.takeRefused(),
    });
  }

  #token(renew: boolean): Promise<string | null> {
    this.#lastToken += 1;
    const id = this.#lastToken;
    return new Promise((resolve) => {
      this.#tokens.set(id, resolve);
      this.#port.post({ kind: "token", id, renew });
    });
  }
}
