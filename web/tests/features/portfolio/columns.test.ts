// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { useColumns } from "@/features/portfolio/columns";

const kept = () => JSON.parse(localStorage.getItem("cse.columns") ?? "null") as unknown;
const tell = (text: string) => {
  localStorage.setItem("cse.columns", text);
  dispatchEvent(new StorageEvent("storage", { key: "cse.columns" }));
};

beforeEach(() => {
  localStorage.clear();
  tell("{}");
});

describe("the columns of the portfolio's tables", () => {
  it("are left out and shown again, of each table by itself, and kept", () => {
    useColumns.getState().toggle("fills", "fee");
    useColumns.getState().toggle("fills", "role");
    useColumns.getState().toggle("fills", "fee");
    expect(useColumns.getState()).toMatchObject({ fills: ["role"], history: [], orders: [], positions: [] });
    expect(kept()).toEqual({ fills: ["role"], history: [], orders: [], positions: [] });
  });

  it("are none that a table does not have, or that it always has", () => {
    tell('{"fills":["market","fee","moon"],"orders":7,"positions":["token","fees"]}');
    expect(useColumns.getState()).toMatchObject({ fills: ["fee"], orders: [], positions: ["fees"] });
  });

  it("are all there where what was kept is no such thing", () => {
    tell("null");
    expect(useColumns.getState()).toMatchObject({ fills: [], orders: [], positions: [] });
  });
});
