/** Labels of the time axis that would be cut at its ends are left out; their grid lines stay. */

interface Labelled {
  coord: number;
  text: string;
}

/** The same ticks, without the words of those that do not fit whole into `width` pixels. */
export function wholeTicks<Tick extends Labelled>(
  ticks: readonly Tick[],
  width: number,
  widthOf: (text: string) => number,
): Tick[] {
  return ticks.map((tick) => {
    const half = widthOf(tick.text) / 2;
    return tick.coord >= half && tick.coord <= width - half ? tick : { ...tick, text: "" };
  });
}
