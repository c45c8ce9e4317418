import { CandleSeries, type CandleView, UNKNOWN } from "@cse/client";
import { expect, it } from "vitest";
import type { Chosen } from "@/features/indicators/chosen";
import { atFirst, entryOf, type ListedEntry } from "@/features/indicators/list";
import { tableColumns } from "@/features/indicators/tableColumns";

const candle = (minute: number): CandleView => {
  const price = String(100 + minute);
  return {
    time: new Date(Date.parse("2026-11-25T12:00:00Z") + minute * 60_000).toISOString(),
    open: price,
    high: price,
    low: price,
    close: price,
    base_volume: "1",
    quote_volume: "1",
    trades: 1,
    closed: true,
  };
};

function chosen(name: string, parameters: Record<string, number> = {}): Chosen {
  const first = atFirst(entryOf(name) as ListedEntry, 0);
  return { ...first, id: 1, parameters: { ...first.parameters, ...parameters } };
}

it("has a column for each output, with a dash before its first value", () => {
  const series = new CandleSeries("1m");
  series.merge([0, 1, 2, 3].map(candle));
  const columns = tableColumns(
    series.all,
    [chosen("sma", { length: 2 }), chosen("macd"), { ...chosen("rsi"), name: "gone" }],
    "1m",
    { priceDecimals: 1, write: (figure) => `<${figure}>` },
  );
  expect(columns[0]).toEqual({ head: "SMA 2", cells: [UNKNOWN, "<100.5>", "<101.5>", "<102.5>"] });
  expect(columns.slice(1).map(({ head }) => head.split(" ")[0])).toEqual(["MACD", "MACD", "MACD"]);
});
