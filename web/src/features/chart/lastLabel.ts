/** Where the label of the last price is, which nothing else at the axis is printed over. */

/** Whether a label at a height, in pixels, would be printed over that of the last price. */
export function isUnderLast(
  height: number,
  last: number | null,
  axis: { convertToPixel(value: number): number } | null | undefined,
): boolean {
  if (last === null || !axis) return false;
  // It is two lines high and hangs below its price.
  const apart = height - axis.convertToPixel(last);
  return apart > -20 && apart < 34;
}
