/**
 * Follows a market of a running exchange over two connections, of which one speaks MessagePack and the other
 * JSON and loses a hundredth of its frames, and says on request what both saw. Driven by `tests/integration/client/test_typescript.py`:
 * `node follow.mjs BUILT_CLIENT STREAMS_URL API_URL MARKET`; each line of the input asks for a report.
 */

import { createInterface } from "node:readline";
import { decode, encode } from "@msgpack/msgpack";
import { WebSocket } from "ws";

const [built, streams, api, name] = process.argv.slice(2);
const { CseClient, inMessagePack, inThisThread, marketFrom, StreamClient } = await import(built);

const client = new CseClient({ baseUrl: api });
const [assets, markets] = await Promise.all([client.assets(), client.markets()]);
const market = marketFrom(
  markets.items.find((one) => one.market === name),
  assets.items,
);

/** Opens sockets that lose `part` of what they receive, but for the first `whole` frames. */
function losing(part, whole = 3) {
  return (url) => {
    const socket = new WebSocket(url);
    const like = {
      onopen: null,
      onmessage: null,
      onclose: null,
      onerror: null,
      send: (text) => socket.send(text),
      close: () => socket.close(),
    };
    let frames = 0;
    socket.onmessage = (event) => {
      frames += 1;
      if (frames <= whole || Math.random() >= part) like.onmessage?.(event);
      else lost += 1;
    };
    socket.onclose = () => like.onclose?.();
    socket.onerror = () => {};
    return like;
  };
}

let lost = 0;
const text = (book) => JSON.stringify([book.bids, book.asks].map((side) => side.map(String)));

/** What one connection saw. */
function watch(openSocket) {
  const seen = { books: new Map(), last: null, gaps: 0, trades: [] };
  const worker = inThisThread({ openSocket });
  const stream = new StreamClient({ url: streams, worker, market: async () => market });
  stream.subscribe(
    `orderbook.${name}`,
    (book) => {
      if (book.resyncing) return;
      seen.last = book;
      seen.books.set(String(book.sequence), text(book));
    },
    { depth: 500 },
  );
  stream.subscribe(`trades.${name}`, (frame) => {
    const ids = frame.trades.map((trade) => Number(trade.trade_id));
    if (frame.reset) seen.trades = [];
    for (const id of ids) {
      if (seen.trades.length > 0 && id !== seen.trades.at(-1) + 1) seen.gaps += 1;
      seen.trades.push(id);
    }
  });
  return { seen, stream };
}

const whole = watch(inMessagePack({ encode, decode }, (url) => new WebSocket(url)));
const lossy = watch(losing(0.01));

function report() {
  const shared = [...lossy.seen.books].filter(([sequence]) => whole.seen.books.has(sequence));
  const levels = (side) => side.map((level) => level.map(String));
  return {
    lost,
    shared: shared.length,
    different: shared.filter(([sequence, book]) => whole.seen.books.get(sequence) !== book).length,
    clients: [whole, lossy].map(({ seen, stream }) => ({
      state: stream.status.state,
      resyncs: stream.status.resyncs,
      latency_ms: stream.status.latencyMs,
      gaps: seen.gaps,
      last_trade: seen.trades.at(-1) ?? 0,
      sequence: String(seen.last?.sequence ?? ""),
      bids: levels(seen.last?.bids ?? []),
      asks: levels(seen.last?.asks ?? []),
    })),
  };
}

for await (const _ of createInterface({ input: process.stdin })) console.log(JSON.stringify(report()));
whole.stream.close();
lossy.stream.close();
