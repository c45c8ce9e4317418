import { CandleSeries, type CandleView } from "@cse/client";
import { expect, it } from "vitest";
import { candlesCsv } from "@/features/chart/candlesCsv";

const candle = (time: string, close: string): CandleView => ({
  time,
  open: "0.04200",
  high: "123456789.12345678",
  low: "0.00000001",
  close,
  base_volume: "1000000000000000000.5",
  quote_volume: "0",
  trades: 3,
  closed: true,
});

it("is the exchange's own digits, a line for each candle, none for minutes without a trade", () => {
  const series = new CandleSeries("1m");
  series.merge([candle("2026-11-25T12:00:00Z", "0.04210"), candle("2026-11-25T12:03:00Z", "0.04220")]);
  expect(series.all).toHaveLength(4);
  expect(candlesCsv(series.all)).toBe(
    [
      "time,open,high,low,close,base_volume,quote_volume,trades",
      "2026-11-25T12:00:00Z,0.04200,123456789.12345678,0.00000001,0.04210,1000000000000000000.5,0,3",
      "2026-11-25T12:03:00Z,0.04200,123456789.12345678,0.00000001,0.04220,1000000000000000000.5,0,3",
      "",
    ].join("\r\n"),
  );
});

it("has its head alone where nothing has traded", () => {
  expect(candlesCsv([])).toBe("time,open,high,low,close,base_volume,quote_volume,trades\r\n");
});
