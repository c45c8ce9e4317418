import { describe, expect, it } from "vitest";
import { asideFor, clearOf } from "@/features/chart/tagPlaces";

describe("tags of orders", () => {
  const earlier = [
    { y: 100, width: 80 },
    { y: 110, width: 60 },
    { y: 200, width: 50 },
  ];
  it.each<[string, number, number]>([
    ["at the height of two others", 105, 80 + 6 + 60 + 6],
    ["at the height of one", 125, 60 + 6],
    ["just below one", 222, 0],
    ["alone", 300, 0],
  ])("%s", (_, y, aside) => {
    expect(asideFor({ y }, earlier, 22)).toBe(aside);
  });
});

describe("a tag beside those that stand", () => {
  const tag = (left: number, top: number, width = 80) => ({ left, top, width, height: 20 });
  it.each<[string, ReturnType<typeof tag>[], number]>([
    ["alone", [], 12],
    ["above all others", [tag(12, 122)], 12],
    ["at the height of one", [tag(12, 110)], 12 + 80 + 6],
    ["at the height of two, whatever their order", [tag(98, 95), tag(12, 105)], 98 + 80 + 6],
    ["before one that leaves room", [tag(200, 100)], 12],
    ["beyond one that leaves too little room", [tag(90, 100)], 90 + 80 + 6],
  ])("%s", (_, taken, left) => {
    expect(clearOf(tag(12, 100), taken)).toEqual(tag(left, 100));
  });
});
