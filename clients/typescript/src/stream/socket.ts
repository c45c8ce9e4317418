/** What a connection needs of a WebSocket; browsers, Workers, Node 22 and `ws` all have it. */

export interface SocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { readonly data: unknown } & never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

export type OpenSocket = (url: string) => SocketLike;

/** The machine's word on whether there is a network. */
export interface Network {
  online(): boolean;
  /** Calls back at every change; gives what ends the listening. */
  listen(listener: () => void): () => void;
}

/** A network that never says that it is away. */
export const ALWAYS_ONLINE: Network = { online: () => true, listen: () => () => {} };
