// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { columnsWithout, templatesOf } from "@/features/markets/columns";
import { LISTS_MAX, namesOf, useLists, VIEWS_MAX } from "@/features/markets/lists";
import { DEFAULTS, usePreferences } from "@/providers/kept/preferences";

/** As if the page were loaded anew. */
const reload = () => void dispatchEvent(new StorageEvent("storage", { key: "cse.lists" }));
beforeEach(() => {
  localStorage.clear();
  usePreferences.setState({ ...DEFAULTS, starred: ["LUNA-USDC"] });
  reload();
});

const lists = () => useLists.getState();
const starred = () => usePreferences.getState().starred;

describe("watch-lists", () => {
  it("have their stars, of which those of one are shown", () => {
    lists().add("Music");
    expect([lists().current, starred()]).toEqual(["Music", []]);
    usePreferences.getState().toggleStar("NOVA-USDC");
    lists().choose(null);
    expect([lists().current, starred()]).toEqual([null, ["LUNA-USDC"]]);
    reload();
    lists().choose("Music");
    expect(starred()).toEqual(["NOVA-USDC"]);
    expect(namesOf(lists())).toEqual([null, "Music"]);
  });

  it("lose no market when one is chosen that is there no more, or made that is there", () => {
    lists().add("Music");
    usePreferences.getState().toggleStar("NOVA-USDC");
    lists().choose("Gone");
    lists().choose("Music");
    lists().add("Music");
    expect([lists().current, starred()]).toEqual(["Music", ["NOVA-USDC"]]);
    lists().choose(null);
    lists().remove("Music");
    expect([namesOf(lists()), starred()]).toEqual([[null], ["LUNA-USDC"]]);
  });

  it("are bounded", () => {
    for (let at = 0; at < LISTS_MAX + 5; at += 1) lists().add(`list ${at}`);
    expect(lists().others).toHaveLength(LISTS_MAX);
    expect(namesOf(lists())).toContain(null);
  });
});

describe("saved views", () => {
  it("have one search a name, the last", () => {
    lists().saveView({ name: "Up", search: "view=rising" });
    lists().saveView({ name: "Up", search: "view=rising&sort=-change" });
    reload();
    expect(lists().views).toEqual([{ name: "Up", search: "view=rising&sort=-change" }]);
    lists().removeView("Up");
    expect(lists().views).toEqual([]);
  });

  it("are bounded, the oldest goes", () => {
    for (let at = 0; at <= VIEWS_MAX; at += 1) lists().saveView({ name: `${at}`, search: "" });
    expect(lists().views.map(({ name }) => name)).toEqual(
      Array.from({ length: VIEWS_MAX }, (_, at) => `${at + 1}`),
    );
  });
});

describe("columns", () => {
  it("leave their room to others when they are hidden", () => {
    lists().toggleColumn("high");
    lists().toggleColumn("spark");
    lists().toggleColumn("high");
    reload();
    expect(lists().hidden).toEqual(["spark"]);
    const columns = columnsWithout(lists().hidden);
    expect(columns.map(({ key }) => key)).not.toContain("spark");
    const { wide, narrow } = templatesOf(columns);
    const rooms = (template: string) => template.match(/minmax\([^)]*\)|\d+px/g)?.length;
    expect([rooms(wide), rooms(narrow)]).toEqual([10, 6]);
  });
});

it("what was kept in another form is as at first", () => {
  localStorage.setItem("cse.lists", JSON.stringify({ current: "", others: 7 }));
  reload();
  expect(lists()).toMatchObject({ current: null, others: [], views: [], hidden: [] });
});
