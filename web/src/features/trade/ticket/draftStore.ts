/** The draft of one market in a store: the ticket shows it, the book writes into it. */

import { createStore, type StoreApi } from "zustand/vanilla";
import { tabStorage } from "@/providers/kept/kept";
import { type Draft, edited, keepDraft, restoreDraft } from "./draft";

export type DraftStore = StoreApi<Draft> & {
  /** Changes fields as a person would. */
  edit: (edit: Partial<Draft>) => void;
  /** Empties the amounts after an order was sent; side, type and price stay. */
  sent: () => void;
};

/** The market's draft as it was left in this tab; every change is kept there. */
export function draftStore(market: string): DraftStore {
  const storage = tabStorage();
  const store = createStore<Draft>(() => restoreDraft(storage, market));
  const change = (draft: Draft) => {
    store.setState(draft, true);
    keepDraft(storage, market, draft);
  };
  return Object.assign(store, {
    edit: (edit: Partial<Draft>) => change(edited(store.getState(), edit)),
    sent: () => change({ ...store.getState(), size: "", spend: "", percent: null }),
  });
}
