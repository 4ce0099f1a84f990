/**
 * Multiplication of the base point of the curve P-256, once for each access key. It adds at every bit, whatever the bit
 * is.
 *
 * @see FIPS 186-4, appendix D.1.2.3
 */

const prime = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const baseX = 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n;
const baseY = 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n;

/** In Jacobian coordinates: x/z², y/z³. With z = 0, the point at infinity. */
type Point = readonly [x: bigint, y: bigint, z: bigint];

/** The coordinates of the public key of a private key. */
export function publicPointOf(secret: bigint): [x: bigint, y: bigint] {
  const base: Point = [baseX, baseY, 1n];
  let point: Point = [1n, 1n, 0n];
  for (let bit = 255n; bit >= 0n; bit--) {
    const doubled = double(point);
    const added = add(doubled, base);
    point = (secret >> bit) & 1n ? added : doubled;
  }
  const [x, y, z] = point;
  const inverse = invert(z);
  const square = mod(inverse * inverse);
  return [mod(x * square), mod(y * mod(square * inverse))];
}

function double([x, y, z]: Point): Point {
  const square = mod(y * y);
  const product = mod(x * square);
  const zSquare = mod(z * z);
  const slope = mod(3n * (x - zSquare) * (x + zSquare));
  const newX = mod(slope * slope - 8n * product);
  return [newX, mod(slope * (4n * product - newX) - 8n * square * square), mod(2n * y * z)];
}

/** The second point has z = 1, and differs from the first one, because a private key is less than the order. */
function add([x1, y1, z1]: Point, other: Point): Point {
  if (z1 === 0n) return other;
  const [x2, y2] = other;
  const zSquare = mod(z1 * z1);
  const width = mod(x2 * zSquare - x1);
  const slope = mod(y2 * zSquare * z1 - y1);
  const square = mod(width * width);
  const cube = mod(square * width);
  const product = mod(x1 * square);
  const newX = mod(slope * slope - cube - 2n * product);
  return [newX, mod(slope * (product - newX) - y1 * cube), mod(z1 * width)];
}

/** By Fermat's little theorem. */
function invert(number: bigint): bigint {
  let result = 1n;
  for (let bit = 255n; bit >= 0n; bit--) {
    result = mod(result * result);
    if (((prime - 2n) >> bit) & 1n) result = mod(result * number);
  }
  return result;
}

function mod(number: bigint): bigint {
  const rest = number % prime;
  return rest < 0n ? rest + prime : rest;
}
