export interface Point {
  x: number;
  y: number;
}

export interface Slope {
  /** Of y for one of x. */
  slope: number;
  /** Half of the interval that holds the true one with 95 %. */
  spread: number;
}

/** Of 95 %, for many degrees of freedom. */
const TWO_SIDED = 1.96;

/** The least-squares line through at least three points. */
export function slopeOf(points: readonly Point[]): Slope {
  const count = points.length;
  const [meanX, meanY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const squares = sum(points.map(({ x }) => (x - meanX) ** 2));
  const slope = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / squares;
  const residuals = sum(points.map(({ x, y }) => (y - meanY - slope * (x - meanX)) ** 2));
  return { slope, spread: TWO_SIDED * Math.sqrt(residuals / Math.max(1, count - 2) / squares) };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
