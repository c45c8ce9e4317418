import { create } from "zustand";

/** Which key does what until a person chooses others; held keys first, as they are shown. */
export const AT_FIRST = {
  find: "Ctrl K",
  list: "?",
  buy: "B",
  sell: "S",
  limit: "L",
  market: "M",
  part1: "1",
  part2: "2",
  part3: "3",
  part4: "4",
  review: "Enter",
  send: "Ctrl Enter",
  coarser: "G",
  finer: "Shift G",
  price: "P",
  fullscreen: "F",
  cancel: "Ctrl Shift X",
};

export type Act = keyof typeof AT_FIRST;

/** The key of each act; null where it has none. */
export type Bindings = Readonly<Record<Act, string | null>>;

/** What is bound now. It is as at first until what was kept has been read, which is after the first render. */
export const useBindings = create<Bindings>(() => AT_FIRST);
