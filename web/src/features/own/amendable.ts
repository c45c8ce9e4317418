import { amendable } from "@cse/client";
import { isClosed, type TrackedOrder } from "@/providers/own/orderState";
import { ownStore } from "@/providers/own/own";
import { linkedRows } from "./orderRows";

/** Which numbers of an open order can be changed: none while it is linked with others or being cancelled. */
export function amendableOf(tracked: TrackedOrder): ReturnType<typeof amendable> {
  const { order, cancel } = tracked;
  if (!order || cancel !== "none" || isClosed(tracked)) return [];
  return amendable(order, linkedRows(tracked, ownStore.getState().orders.values()).length > 0);
}
