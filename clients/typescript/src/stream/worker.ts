/**
 * The entry of the Worker that holds the socket.
 *
 * A page's bundle has a worker file of its own that imports this one.
 */

import { StreamHost } from "./host.ts";
import type { PageMessage, Port, WorkerMessage } from "./messages.ts";
import type { Network } from "./socket.ts";

/** What this file needs of a dedicated Worker's scope. */
interface WorkerScope {
  readonly navigator: { readonly onLine?: boolean };
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: string, listener: (event: MessageEvent) => void): void;
  removeEventListener(type: string, listener: (event: MessageEvent) => void): void;
  close(): void;
}

const scope = globalThis as unknown as WorkerScope;

const port: Port<WorkerMessage, PageMessage> = {
  post: (message) => scope.postMessage(message, transferable(message)),
  listen: (listener) => scope.addEventListener("message", (event) => listener(event.data as PageMessage)),
  close: () => scope.close(),
};

const network: Network = {
  online: () => scope.navigator.onLine !== false,
  listen: (listener) => {
    const types = ["online", "offline"];
    for (const type of types) scope.addEventListener(type, listener);
    return () => {
      for (const type of types) scope.removeEventListener(type, listener);
    };
  },
};

/** Books are handed over, not copied. */
function transferable(message: WorkerMessage): Transferable[] {
  if (message.kind !== "frame") return [];
  return message.channels.flatMap(([, frame]) =>
    frame.kind === "book" ? [frame.bids.buffer, frame.asks.buffer] : [],
  );
}

new StreamHost(port, { network });
