/** The line of least squares through so many values in a row. */

import { map, rolling, type Series, valueAt } from "./series";

function slopeOf(of: Series, start: number, end: number): number {
  const middle = (end - start - 1) / 2;
  let up = 0;
  let across = 0;
  for (let at = start; at < end; at += 1) {
    const x = at - start - middle;
    up += x * valueAt(of, at);
    across += x * x;
  }
  return up / across;
}

export function slope(of: Series, length: number): Series {
  return rolling(of, length, slopeOf);
}

/** Its slope in degrees, where a bar is as wide as a unit of price is high. */
export function angle(of: Series, length: number): Series {
  return map(slope(of, length), (up) => (Math.atan(up) * 180) / Math.PI);
}

/** The line's value at a point; 0 is the first of those it is laid through. */
export function lineAt(of: Series, length: number, point: number): Series {
  return rolling(of, length, (values, start, end) => {
    let all = 0;
    for (let at = start; at < end; at += 1) all += valueAt(values, at);
    return all / length + slopeOf(values, start, end) * (point - (length - 1) / 2);
  });
}
