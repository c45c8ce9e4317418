/** The lists of the portfolio, one of which is looked at. */

const TABS = ["positions", "balances", "orders", "history", "fills", "ledger", "statements"] as const;
export type Tab = (typeof TABS)[number];

/** What a visitor's sample has nothing of. */
const NOT_OF_SAMPLE: readonly Tab[] = ["positions", "statements"];

export function tabsOf(visitor: boolean): readonly Tab[] {
  return visitor ? TABS.filter((tab) => !NOT_OF_SAMPLE.includes(tab)) : TABS;
}

/** The one that an address names, else the first. */
export function tabOf(named: string | null, visitor: boolean): Tab {
  const tabs = tabsOf(visitor);
  return tabs.find((known) => known === named) ?? (tabs[0] as Tab);
}
