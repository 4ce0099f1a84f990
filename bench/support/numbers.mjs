/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  const at = (/** @type {number} */ index) => sorted[index] ?? Number.NaN;
  return sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
}

/**
 * @param {number} value
 * @param {number} [digits]
 */
export function round(value, digits = 0) {
  return Number(value.toFixed(digits));
}

/**
 * Slope of the linear regression (least squares), per 100,000 calls.
 *
 * @param {readonly { calls: number, rss: number, heap: number }[]} samples
 * @param {"rss" | "heap"} what
 */
export function slope(samples, what) {
  const mean = (/** @type {(sample: { calls: number, rss: number, heap: number }) => number} */ of) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const meanCalls = mean((sample) => sample.calls);
  const meanValue = mean((sample) => sample[what]);
  const covariance = mean((sample) => (sample.calls - meanCalls) * (sample[what] - meanValue));
  return round((covariance / mean((sample) => (sample.calls - meanCalls) ** 2)) * 100_000, 2);
}
