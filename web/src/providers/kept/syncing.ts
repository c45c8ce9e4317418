/** Has what is kept here and what the exchange keeps of a person be alike. */

export interface Syncing {
  /** Something was changed here: it is sent once there was a pause. */
  changed(): void;
  stop(): void;
}

interface Parts {
  /** Who changes several things is heard once. */
  readonly pauseMs: number;
  /** Takes what the exchange has; heeds, after each answer, whether it was stopped meanwhile. */
  load(stopped: AbortSignal): Promise<void>;
  /** Tells the exchange what was changed here, if anything was. */
  send(stopped: AbortSignal): Promise<void>;
}

/** Loads, then sends, one at a time. What fails is tried again when somebody looks at the page, or changes something. */
export function startSyncing({ pauseMs, load, send }: Parts): Syncing {
  const stopping = new AbortController();
  let loaded = false;
  let working: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function once(fresh: boolean) {
    if (fresh || !loaded) {
      await load(stopping.signal);
      loaded = true;
    }
    await send(stopping.signal);
  }
  function work(fresh: boolean): Promise<void> {
    working ??= once(fresh)
      .catch(() => undefined)
      .finally(() => {
        working = undefined;
      });
    return working;
  }

  const look = () => {
    if (document.visibilityState === "visible") void work(true);
  };
  document.addEventListener("visibilitychange", look, { signal: stopping.signal });
  void work(true);
  return {
    changed: () => {
      clearTimeout(timer);
      timer = setTimeout(() => void (working ?? Promise.resolve()).then(() => work(false)), pauseMs);
    },
    stop: () => {
      stopping.abort();
      clearTimeout(timer);
    },
  };
}
