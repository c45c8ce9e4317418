import { decode, encode } from "@msgpack/msgpack";
import { describe, expect, it, vi } from "vitest";
import { type BinarySocket, inMessagePack } from "../../src/stream/packed.ts";
import { readMessage } from "../../src/stream/protocol.ts";

class Underneath implements BinarySocket {
  onopen: BinarySocket["onopen"] = null;
  onmessage: BinarySocket["onmessage"] = null;
  onclose: BinarySocket["onclose"] = null;
  onerror: BinarySocket["onerror"] = null;
  binaryType = "blob";
  readonly sent: unknown[] = [];
  readonly closed: unknown[] = [];
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
  send(bytes: Uint8Array): void {
    this.sent.push(decode(bytes));
  }
  close(code?: number, reason?: string): void {
    this.closed.push([code, reason]);
  }
  bring(data: unknown): void {
    this.onmessage?.({ data } as never);
  }
}

function opened(url = "wss://exchange.example/ws") {
  let underneath: Underneath | undefined;
  const socket = inMessagePack({ encode, decode }, (address) => (underneath = new Underneath(address)))(url);
  const heard: unknown[] = [];
  socket.onmessage = (event: { readonly data: unknown }) => void heard.push(event.data);
  return { socket, heard, underneath: underneath as unknown as Underneath };
}

const packed = (value: unknown) => encode(value).slice().buffer;

describe("a socket that speaks MessagePack", () => {
  it.each([
    ["wss://exchange.example/ws", "wss://exchange.example/ws?encoding=msgpack"],
    ["ws://127.0.0.1:8000/ws?a=b", "ws://127.0.0.1:8000/ws?a=b&encoding=msgpack"],
  ])("asks for it: %s", (url, asked) => {
    expect(opened(url).underneath).toMatchObject({ url: asked, binaryType: "arraybuffer" });
  });

  it("carries what is written and read as JSON", () => {
    const { socket, heard, underneath } = opened();
    socket.send('{"op":"ping","id":"1"}');
    expect(underneath.sent).toEqual([{ op: "ping", id: "1" }]);
    const pong = { op: "pong", id: "1", journal_sequence: "9007199254740993" };
    underneath.bring(packed(pong));
    expect(heard).toEqual([pong]);
    expect(readMessage(heard[0])).toEqual({ kind: "control", message: pong });
  });

  it.each([
    ["a text", '{"op":"pong"}'],
    ["half a message", packed({ op: "pong" }).slice(0, 3)],
    ["no bytes", new ArrayBuffer(0)],
  ])("takes %s for no message", (_, data) => {
    const { heard, underneath } = opened();
    underneath.bring(data);
    expect(heard).toEqual([null]);
    expect(readMessage(heard[0])).toBeNull();
  });

  it("opens, fails and closes as the one underneath", () => {
    const { socket, underneath } = opened();
    const [open, error, close] = [vi.fn(), vi.fn(), vi.fn()];
    Object.assign(socket, { onopen: open, onerror: error, onclose: close });
    underneath.onopen?.(1 as never);
    underneath.onerror?.(2 as never);
    underneath.onclose?.(3 as never);
    expect([open, error, close].map((heard) => heard.mock.calls)).toEqual([[[1]], [[2]], [[3]]]);
    socket.close(1000, "done");
    expect(underneath.closed).toEqual([[1000, "done"]]);
  });
});
