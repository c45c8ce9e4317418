import type { Balance } from "@cse/client";

/** What a visitor is shown, labelled as a sample: the amounts are invented, the prices are not.
 *  No orders are shown beside it, so nothing of it is locked. */
export const SAMPLE: readonly Balance[] = [
  { asset: "LUNA", available: "12000", locked: "0" },
  { asset: "NOVA", available: "300", locked: "0" },
  { asset: "LOWO", available: "500", locked: "0" },
  { asset: "TIDE", available: "600", locked: "0" },
  { asset: "USDC", available: "447.54", locked: "0" },
];
