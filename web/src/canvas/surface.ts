/** A canvas kept at the size of its box and the density of the screen. */

export interface Surface {
  context: CanvasRenderingContext2D;
  width: number;
  height: number;
}

interface Box {
  width: number;
  height: number;
}

const boxes = new WeakMap<HTMLCanvasElement, Box>();

/** Measures the canvas's box anew; to be called when it has changed. Asking at each drawing would cost a layout. */
export function measure(canvas: HTMLCanvasElement): Box {
  const box = { width: canvas.clientWidth, height: canvas.clientHeight };
  boxes.set(canvas, box);
  return box;
}

/** Fits the canvas to its box, in CSS pixels, and clears it; null where it has no size or no context. */
export function clearedSurface(canvas: HTMLCanvasElement): Surface | null {
  const { width, height } = boxes.get(canvas) ?? measure(canvas);
  const context = canvas.getContext("2d");
  if (!context || width === 0 || height === 0) return null;
  const density = window.devicePixelRatio || 1;
  const [deviceWidth, deviceHeight] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== deviceWidth || canvas.height !== deviceHeight) {
    canvas.width = deviceWidth;
    canvas.height = deviceHeight;
  }
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/** Fills a triangle of 7 by 6 px that points up or down, its middle at (x, y). */
export function fillArrow(context: CanvasRenderingContext2D, up: boolean, x: number, y: number): void {
  const tip = up ? -3 : 3;
  context.beginPath();
  context.moveTo(x - 3.5, y - tip);
  context.lineTo(x + 3.5, y - tip);
  context.lineTo(x, y + tip);
  context.closePath();
  context.fill();
}
