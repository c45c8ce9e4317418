import { describe, expect, it } from "vitest";
import { Unsent } from "@/providers/kept/unsent";

describe("what was not sent yet", () => {
  it("leaves what another window noted", () => {
    const unsent = new Unsent<string>(["chart"]);
    unsent.add("tape");
    expect(unsent.beside(["book"])).toEqual(["chart", "tape", "book"]);
  });

  it("takes away what was sent from here, once", () => {
    const unsent = new Unsent<string>(["chart", "tape"]);
    unsent.remove("chart");
    expect(unsent.beside(["chart", "tape", "book"])).toEqual(["tape", "book"]);
    expect(unsent.beside(["chart", "tape", "book"])).toEqual(["tape", "chart", "book"]);
  });

  it("notes again what was changed after it was sent", () => {
    const unsent = new Unsent<string>(["chart"]);
    unsent.remove("chart");
    unsent.add("chart");
    expect(unsent.beside([])).toEqual(["chart"]);
  });

  it("takes away nothing that was never its own", () => {
    const unsent = new Unsent<string>();
    unsent.remove("chart");
    expect(unsent.beside(["chart"])).toEqual(["chart"]);
    expect([unsent.size, unsent.has("chart"), unsent.all()]).toEqual([0, false, []]);
  });
});
