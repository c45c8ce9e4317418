import type { Balance } from "@cse/client";

/** What a visitor is shown, labelled as a sample: the amounts are invented, the prices are not. */
export const SAMPLE: readonly Balance[] = [
  { asset: "LUNA", available: "6000", locked: "6000" },
  { asset: "NOVA", available: "300", locked: "0" },
  { asset: "LOWO", available: "500", locked: "0" },
  { asset: "TIDE", available: "600", locked: "0" },
  { asset: "USDC", available: "397.94", locked: "49.6" },
];
