// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Cell, Head } from "@/components/Table";
import { LongTable } from "@/features/own/LongTable";

beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(400);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(800);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it("draws the rows that are seen, and says how many there are and which these are", () => {
  render(
    <LongTable
      label="Fills"
      look="page"
      head={<Head>Number</Head>}
      columns={1}
      count={5_000}
      row={(index, place) => (
        <tr key={index} aria-rowindex={place}>
          <Cell>{index}</Cell>
        </tr>
      )}
      foot={<p>older</p>}
    />,
  );
  const rows = screen.getAllByRole("row").filter((row) => !row.hasAttribute("aria-hidden"));
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.length).toBeLessThan(60);
  expect(rows.slice(0, 3).map((row) => [row.getAttribute("aria-rowindex"), row.textContent])).toEqual([
    ["1", "Number"],
    ["2", "0"],
    ["3", "1"],
  ]);
  expect(screen.getByRole("table", { name: "Fills" }).getAttribute("aria-rowcount")).toBe("5001");
  expect(screen.getByText("older")).toBeTruthy();
});
