import { type Channel, CseClient, type DataOf, type StreamStatus, type SubscribeOptions } from "@cse/client";

let client: CseClient | undefined;
let streams: LiveStreams | undefined;

/** The one HTTP client of this tab. */
export function exchange(): CseClient {
  client ??= new CseClient({ baseUrl: "", web: true });
  return client;
}

/** What the app needs of the socket. */
export interface LiveStreams {
  readonly status: StreamStatus;
  subscribe<Name extends Channel>(
    channel: Name,
    listener: (data: DataOf<Name>) => void,
    options?: SubscribeOptions,
  ): () => void;
  onStatus(listener: (status: StreamStatus) => void): () => void;
  authenticate(token: () => Promise<string | null>): void;
}

const NOT_CONNECTED: StreamStatus = {
  state: "offline",
  attempt: 0,
  latencyMs: null,
  worstMs: null,
  skewMs: null,
  journalSequence: 0n,
  lastMessageAt: null,
  channelAt: {},
  authenticated: false,
  resyncs: 0,
  lastCode: null,
};

/** The one socket of this tab. It is not connected yet: pages live on what they fetch. */
export function liveStreams(): LiveStreams {
  streams ??= {
    status: NOT_CONNECTED,
    subscribe: () => () => {},
    onStatus: () => () => {},
    authenticate: () => {},
  };
  return streams;
}
