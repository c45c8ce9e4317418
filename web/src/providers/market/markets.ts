"use client";

import { type CreatorView, type Market, marketFrom } from "@cse/client";
import { useQuery } from "@tanstack/react-query";
import { exchange } from "../exchange";

/** Everything is valued in this asset, at last prices. */
export const VALUE_ASSET = "USDC";
const VALUE_DECIMALS = 6;

/** Decimals of what everything is valued in; those that it has had so far until the assets are known. */
export function valueDecimals(listings?: Pick<Listings, "assets">): number {
  return listings?.assets.get(VALUE_ASSET)?.decimals ?? VALUE_DECIMALS;
}

/** The market in which an asset has the price that it is valued at. */
export function valuedIn(asset: string): string {
  return `${asset}-${VALUE_ASSET}`;
}

/** A market and who or what its base is. */
export interface Listing extends Market {
  /** The creator's name, or the asset's. */
  readonly name: string;
  readonly cover: string | null;
  readonly demo: boolean;
  readonly creator: CreatorView | null;
}

export interface Listings {
  readonly all: readonly Listing[];
  readonly byMarket: ReadonlyMap<string, Listing>;
  readonly assets: ReadonlyMap<string, AssetFacts>;
}

export interface AssetFacts {
  readonly asset: string;
  readonly decimals: number;
  readonly name: string;
  readonly cover: string | null;
  readonly demo: boolean;
}

/** Markets, assets and creators in one: what does not change from minute to minute. */
export function useListings() {
  return useQuery({
    queryKey: ["listings"],
    queryFn: ({ signal }) => fetchListings(signal),
    staleTime: 300_000,
  });
}

async function fetchListings(signal: AbortSignal): Promise<Listings> {
  const client = exchange();
  const [markets, assets, creators] = await Promise.all([
    client.markets({ signal }),
    client.assets({ signal }),
    client.creators({ signal }),
  ]);
  const creatorOf = new Map(creators.items.map((creator) => [creator.asset, creator]));
  const facts = new Map(
    assets.items.map((view): [string, AssetFacts] => {
      const creator = creatorOf.get(view.asset);
      return [
        view.asset,
        {
          asset: view.asset,
          decimals: view.decimals,
          name: creator?.name ?? view.name,
          cover: creator?.cover ?? null,
          demo: view.demo,
        },
      ];
    }),
  );
  const all = markets.items.map((view): Listing => {
    const base = facts.get(view.base);
    return {
      ...marketFrom(view, assets.items),
      name: base?.name ?? view.base,
      cover: base?.cover ?? null,
      demo: base?.demo ?? false,
      creator: creatorOf.get(view.base) ?? null,
    };
  });
  return { all, byMarket: new Map(all.map((listing) => [listing.market, listing])), assets: facts };
}
