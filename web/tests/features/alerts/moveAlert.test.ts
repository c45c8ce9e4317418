import { ApiError, type PriceAlertView } from "@cse/client";
import { beforeEach, expect, it, vi } from "vitest";
import { moveAlert } from "@/features/alerts/moveAlert";

const ALERT: PriceAlertView = {
  id: "old",
  market: "LUNA-USDC",
  price: "0.04200",
  direction: "at_or_above",
  by_mail: false,
  created_at: "2026-11-25T12:00:00.000000Z",
  reached_at: null,
};
const TO = { price: "0.04100", direction: "at_or_below" } as const;

const calls: string[] = [];
const client = {
  setPriceAlert: vi.fn(),
  removePriceAlert: vi.fn(),
};

beforeEach(() => {
  calls.length = 0;
  client.setPriceAlert.mockImplementation(async (alert) => {
    calls.push("set");
    return { ...ALERT, ...alert, id: "new" };
  });
  client.removePriceAlert.mockImplementation(async (id) => void calls.push(`remove ${id}`));
});

const refusal = (code: string) => new ApiError(404, { code });

it("sets the new one, told as the old one is, before it removes the old one", async () => {
  await expect(moveAlert(client, ALERT, TO)).resolves.toMatchObject({ id: "new", ...TO });
  expect(client.setPriceAlert).toHaveBeenCalledWith({ market: "LUNA-USDC", by_mail: false, ...TO });
  expect(calls).toEqual(["set", "remove old"]);
});

it("leaves the alert as it was when the new price is refused", async () => {
  client.setPriceAlert.mockRejectedValue(refusal("price_reached"));
  await expect(moveAlert(client, ALERT, TO)).rejects.toMatchObject({ code: "price_reached" });
  expect(calls).toEqual([]);
});

it("removes nothing where the exchange has an alert of that price already, which is the same", async () => {
  client.setPriceAlert.mockResolvedValue(ALERT);
  await moveAlert(client, ALERT, TO);
  expect(calls).toEqual([]);
});

it("is done where the old one was reached meanwhile, and not where it could not be removed", async () => {
  client.removePriceAlert.mockRejectedValue(refusal("price_alert_unknown"));
  await expect(moveAlert(client, ALERT, TO)).resolves.toMatchObject({ id: "new" });
  client.removePriceAlert.mockRejectedValue(refusal("unavailable"));
  await expect(moveAlert(client, ALERT, TO)).rejects.toMatchObject({ code: "unavailable" });
});
