/** The outline |x|^n + |y|^n = 1 scaled to the unit square, as an SVG path. */
export function superellipse(exponent: number, steps = 48): string {
  const points: string[] = [];
  for (let step = 0; step < steps; step++) {
    const angle = (step / steps) * 2 * Math.PI;
    const across = half(Math.cos(angle), exponent);
    const down = half(Math.sin(angle), exponent);
    points.push(`${across} ${down}`);
  }
  return `M${points.join("L")}Z`;
}

function half(value: number, exponent: number): string {
  const along = Math.sign(value) * Math.abs(value) ** (2 / exponent);
  return ((along + 1) / 2).toFixed(4).replace(/0+$/, "").replace(/\.$/, "");
}
