/** Sockets that carry messages in MessagePack, for whoever writes and reads them as JSON. */

import type { OpenSocket, SocketLike } from "./socket.ts";

/** A library of MessagePack, such as `@msgpack/msgpack`: what comes of a message is what JSON would give. */
export interface MessagePack {
  encode(value: unknown): Uint8Array<ArrayBuffer>;
  decode(bytes: Uint8Array): unknown;
}

/** What is needed of a WebSocket beside what every connection needs. */
export interface BinarySocket extends Omit<SocketLike, "send"> {
  binaryType: string;
  send(bytes: Uint8Array<ArrayBuffer>): void;
}

/**
 * What opens such sockets, for `openSocket` of streams and of orders.
 *
 * @param library what packs and unpacks; the client brings none.
 * @param open opens the socket underneath; that of the platform where it is left out.
 */
export function inMessagePack(
  library: MessagePack,
  open: (url: string) => BinarySocket = (url) => new WebSocket(url) as unknown as BinarySocket,
): OpenSocket {
  return (url) => new PackedSocket(library, open(packedUrl(url)));
}

/** The address with the form that is wanted. */
function packedUrl(url: string): string {
  const wanted = new URL(url);
  wanted.searchParams.set("encoding", "msgpack");
  return wanted.toString();
}

class PackedSocket implements SocketLike {
  onopen: SocketLike["onopen"] = null;
  onmessage: SocketLike["onmessage"] = null;
  onclose: SocketLike["onclose"] = null;
  onerror: SocketLike["onerror"] = null;
  readonly #library: MessagePack;
  readonly #socket: BinarySocket;

  constructor(library: MessagePack, socket: BinarySocket) {
    this.#library = library;
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = (event) => this.onopen?.(event);
    socket.onclose = (event) => this.onclose?.(event);
    socket.onerror = (event) => this.onerror?.(event);
    socket.onmessage = (event: { readonly data: unknown }) =>
      this.onmessage?.({ data: this.#unpacked(event.data) } as never);
  }

  send(text: string): void {
    this.#socket.send(this.#library.encode(JSON.parse(text)));
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  /** The message; null for what is none, which the connection takes for malformed. */
  #unpacked(data: unknown): unknown {
    if (!(data instanceof ArrayBuffer)) return null;
    try {
      return this.#library.decode(new Uint8Array(data));
    } catch {
      return null;
    }
  }
}
