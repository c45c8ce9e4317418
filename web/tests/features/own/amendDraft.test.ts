import { describe, expect, it } from "vitest";
import { amendTexts, readAmendment, steppedText } from "@/features/own/amendDraft";
import { linkedLists, orderRow } from "@/features/own/orderRows";
import { known } from "@/providers/own/orderState";
import { order } from "../../providers/own/wire";
import { LUNA, STEPS } from "../trade/markets";

const BOTH = ["price", "quantity"] as const;
const TEXTS = { price: "0.042", quantity: "100", stopPrice: "" };

describe("what is typed over an order", () => {
  it("begins with what the order is", () => {
    expect(amendTexts(order(), LUNA, "en")).toEqual({ price: "0.04206", quantity: "100", stopPrice: "" });
  });

  it("is read in ticks and lots, of the fields that there are", () => {
    expect(readAmendment(TEXTS, BOTH, LUNA, "en")).toEqual({
      change: { price: 4200n, quantity: 1000n },
      wrong: null,
    });
    expect(readAmendment(TEXTS, ["quantity"], LUNA, "en").change).toEqual({ quantity: 1000n });
  });

  it.each([
    ["price", "0.0420001"],
    ["price", ""],
    ["quantity", "1.05"],
    ["quantity", "a"],
  ] as const)("is no %s where it is %j", (field, text) => {
    expect(readAmendment({ ...TEXTS, [field]: text }, BOTH, LUNA, "en")).toEqual({
      change: {},
      wrong: field,
    });
  });

  it.each([
    ["price", "0.042", 1, "0.04201"],
    ["price", "0.042", -10, "0.0419"],
    ["quantity", "0.1", -1, "0.1"],
    ["quantity", "x", 1, "x"],
  ] as const)("%s from %s by %i steps is %s", (field, text, by, stepped) => {
    expect(steppedText(text, field, by, LUNA, "en")).toBe(stepped);
  });

  it("goes to the next step below from between two", () => {
    expect(steppedText("1.12", "price", -1, STEPS, "en")).toBe("1.1");
  });
});

it("orders are marked as linked while another of their list is open", () => {
  const row = (id: string, list: string | null, change = {}) =>
    orderRow(known(order({ id, client_order_id: id, list_id: list, ...change })));
  const rows = [
    row("1", "1"),
    row("2", "1"),
    row("3", "3"),
    row("4", "3", { status: "cancelled" }),
    row("5", null),
  ].filter((one) => one !== null);
  expect([...linkedLists(rows)]).toEqual(["1"]);
});
