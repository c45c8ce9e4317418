/** Labels of the price axis give way to the last price and to orders, so that nothing is printed over. */

interface Placed {
  coord: number;
}

const HALF_LABEL = 8;

/** The ticks that stand clear of everything that is labelled already. */
export function placedTicks<Tick extends Placed>(
  ticks: readonly Tick[],
  taken: readonly { y: number; half: number }[],
): Tick[] {
  return ticks.filter((tick) => taken.every(({ y, half }) => Math.abs(tick.coord - y) >= half + HALF_LABEL));
}
