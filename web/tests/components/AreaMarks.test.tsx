// @vitest-environment jsdom

import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { AreaMarks } from "@/components/AreaMarks";
import { areaGeometry, chartPoint } from "@/components/areaGeometry";

const POINTS = [0, 100, 200, 300, 400].map((time) => chartPoint(time, String(time)));
const WIDTH = 400;

/** Where marks of these times are drawn, by their labels. */
function drawn(...times: number[]) {
  const shape = areaGeometry(POINTS, WIDTH, 100);
  if (!shape) throw new Error("nothing to draw");
  const marks = times.map((time) => ({ time, label: `at ${time}` }));
  const { container } = render(
    <svg aria-hidden>
      <AreaMarks shape={shape} points={POINTS} marks={marks} width={WIDTH} />
    </svg>,
  );
  return {
    places: [...container.querySelectorAll("circle")].map((circle) => Number(circle.getAttribute("cx"))),
    labels: [...container.querySelectorAll("text")].map((text) => text.textContent),
  };
}

it("stands at the first point that is not before it", () =>
  expect(drawn(100, 101).places).toEqual([100, 200]));

it("is labelled where there is room for words", () => {
  expect(drawn(0, 100, 200, 400)).toEqual({ places: [0, 100, 200, 400], labels: ["at 0", "at 200"] });
});

it("is left out behind the last point", () => expect(drawn(401).places).toEqual([]));
