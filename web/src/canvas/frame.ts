/**
 * One place where everything that follows the feed is drawn: at most once a frame each, and not at all
 * while the tab is hidden, since the browser then gives no frames.
 */

type Draw = () => void;

const waiting = new Set<Draw>();
let requested = false;

/** Draws at the next frame; asked again before that, it is drawn once. */
export function drawSoon(draw: Draw): void {
  waiting.add(draw);
  if (requested) return;
  requested = true;
  requestAnimationFrame(() => {
    requested = false;
    const draws = [...waiting];
    waiting.clear();
    for (const each of draws) each();
  });
}

/** Takes a drawing back, for when its element is gone. */
export function drawNoMore(draw: Draw): void {
  waiting.delete(draw);
}
