"use client";

import type { Balance } from "@cse/client";
import { useStore } from "zustand";
import { liveStreams } from "../exchange";
import { exchangeOf, useSession } from "../session";
import type { AmendParts } from "./amending";
import type { CancelParts } from "./cancelling";
import { OwnFeed } from "./ownFeed";
import { emptyOwn, type OwnState, type OwnStore, type Standing, standingOf } from "./ownStore";

/** The one store of what is the signed-in person's own; every page reads it. */
export const ownStore: OwnStore = emptyOwn();

/** Lists of the past that are fetched page by page. */
export type PastOf = "fills" | "closed";

/** Where their pages are kept; all keys begin with `own`, so that they go when the person does. */
export function pagesKey(past: PastOf | "ledger"): readonly string[] {
  return ["own", past];
}

type Outdated = (past: PastOf) => void;

const outdated = new Set<Outdated>();
let feed: OwnFeed | undefined;

/** What keeps that store up. Browser only. */
export function ownFeed(): OwnFeed {
  feed ??= new OwnFeed({
    get client() {
      return exchangeOf(ownStore.getState().account);
    },
    streams: liveStreams(),
    store: ownStore,
    onOutdated: (past) => {
      for (const listener of outdated) listener(past);
    },
  });
  return feed;
}

/** Follows whoever is signed in; gives what ends that. */
export function startOwn(onOutdated: Outdated): () => void {
  const follow = (account: string | null) => {
    if (account === null) feed?.stop();
    else ownFeed().start(account);
  };
  outdated.add(onOutdated);
  const end = useSession.subscribe((now, before) => {
    if (now.account !== before.account) follow(now.account);
  });
  follow(useSession.getState().account);
  return () => {
    end();
    outdated.delete(onOutdated);
    feed?.stop();
  };
}

/** What amending from any page needs. */
export function amendParts(): AmendParts {
  return { client: exchangeOf(ownStore.getState().account), feed: ownFeed(), store: ownStore };
}

/** What cancelling from any page needs. */
export function cancelParts(): CancelParts {
  return { client: exchangeOf(ownStore.getState().account), feed: ownFeed(), store: ownStore };
}

export function useOwn<Part>(select: (state: OwnState) => Part): Part {
  return useStore(ownStore, select);
}

/** A part of it, and how far it can be relied on. */
export interface Own<Part> {
  readonly data: Part | null;
  readonly standing: Standing;
  readonly error: unknown;
}

export function useBalances(): Own<ReadonlyMap<string, Balance>> {
  const data = useOwn((state) => state.balances);
  const standing = useOwn((state) => standingOf(state.balances !== null, state));
  return { data, standing, error: useOwn((state) => state.error) };
}
