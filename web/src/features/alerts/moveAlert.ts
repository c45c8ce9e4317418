import { ApiError, type PersonClient, type PriceAlertView } from "@cse/client";
import type { Direction } from "./wish";

/**
 * Has an alert wait for another price, and gives it as it then is. The new one is set before the old one is
 * removed, so that what the exchange refuses leaves the alert as it was.
 */
export async function moveAlert(
  client: Pick<PersonClient, "setPriceAlert" | "removePriceAlert">,
  { id, market, by_mail }: PriceAlertView,
  to: { price: string; direction: Direction },
): Promise<PriceAlertView> {
  const moved = await client.setPriceAlert({ market, by_mail, ...to });
  if (moved.id === id) return moved;
  try {
    await client.removePriceAlert(id);
  } catch (error) {
    // It was reached, or removed elsewhere, meanwhile.
    if (!(error instanceof ApiError) || error.code !== "price_alert_unknown") throw error;
  }
  return moved;
}
