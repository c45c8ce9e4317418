import { liveStreams } from "./exchange";

/** The server's time as well as it is known, in milliseconds since 1970: a browser's clock may be days off. */
export function serverNow(): number {
  return Date.now() - (liveStreams().status.skewMs ?? 0);
}
