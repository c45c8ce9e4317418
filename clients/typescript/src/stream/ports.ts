/** Lines between the page and the side that reads the socket. */

import { type HostOptions, StreamHost } from "./host.ts";
import type { PageMessage, Port, WorkerMessage } from "./messages.ts";

/** The page's end of a line. */
export type PagePort = Port<PageMessage, WorkerMessage>;

/** Makes a Worker whose file imports `@cse/client/worker`, or the page's end of another line. */
export type WorkerFactory = () => Worker | PagePort;

/** A Worker may yet send what it was told to. */
const END_AFTER_MS = 1_000;

/** The page's end of what the factory makes. */
export function portOf(made: Worker | PagePort): PagePort {
  if (!("postMessage" in made)) return made;
  return {
    post: (message) => made.postMessage(message),
    listen: (listener) => {
      made.addEventListener("message", (event: MessageEvent) => listener(event.data as WorkerMessage));
    },
    close: () => setTimeout(() => made.terminate(), END_AFTER_MS),
  };
}

/** Reads the socket in this thread, for programs that have no Worker: `worker: inThisThread()`. */
export function inThisThread(options: HostOptions = {}): WorkerFactory {
  return () => {
    let toPage: (message: WorkerMessage) => void = () => {};
    let toHost: (message: PageMessage) => void = () => {};
    new StreamHost(
      {
        post: (message) => queueMicrotask(() => toPage(message)),
        listen: (listener) => {
          toHost = listener;
        },
        close: () => {},
      },
      options,
    );
    return {
      post: (message) => toHost(message),
      listen: (listener) => {
        toPage = listener;
      },
      close: () => {},
    };
  };
}
