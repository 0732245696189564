/**
 * Elementary functions from + - * / and square roots only, so that every engine gives the same bits: the last bits of
 * Math.log and Math.exp differ between engines. Algorithms after fdlibm (Sun, 1993), AS 241 (Wichura, 1988) for the
 * normal quantile, and Lanczos and continued fractions (Numerical Recipes 6.1, 6.2) for the gamma distribution.
 */
const view = new DataView(new ArrayBuffer(8));

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

/** x times 2 to the power n, exact unless it over- or underflows. */
function scale(x: number, n: number): number {
  let value = x;
  let left = n;
  while (left > 1023) {
    value *= 8.98846567431158e307;
    left -= 1023;
  }
  while (left < -1022) {
    value *= 2.2250738585072014e-308;
    left += 1022;
  }
  view.setUint32(0, (left + 1023) << 20);
  view.setUint32(4, 0);
  return value * view.getFloat64(0);
}

/** Natural logarithm, error below 1 ulp. NaN below zero, -Infinity at zero. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984;
    k = -54;
  }
  view.setFloat64(0, value);
  let high = view.getUint32(0);
  k += (high >>> 20) - 1023;
  high &= 0x000fffff;
  const shift = (high + 0x95f64) & 0x100000;
  view.setUint32(0, high | (shift ^ 0x3ff00000));
  k += shift >>> 20;
  const f = view.getFloat64(0) - 1;
  if (f === 0) return k === 0 ? 0 : k * ln2High + k * ln2Low;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const t1 = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const t2 =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const r = t1 + t2;
  const half = 0.5 * f * f;
  if (k === 0) return f - (half - s * (half + r));
  return k * ln2High - (half - (s * (half + r) + k * ln2Low) - f);
}

/** Exponential function, error below 1 ulp. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019411) return 0;
  const absolute = x < 0 ? -x : x;
  if (absolute < 3.725290298461914e-9) return 1 + x;
  let k = 0;
  let high = x;
  let low = 0;
  if (absolute > 0.34657359027997264) {
    k = Math.floor(Math.LOG2E * absolute + 0.5);
    if (x < 0) k = -k;
    high = x - k * ln2High;
    low = k * ln2Low;
  }
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  return scale(y, k);
}

/** exp(x) - 1 without cancellation near zero. */
export function expm1(x: number): number {
  const absolute = x < 0 ? -x : x;
  if (absolute > 0.5) return exp(x) - 1;
  // Taylor series by Horner; 20 terms leave less than an ulp for |x| <= 0.5.
  let sum = 1;
  for (let n = 20; n >= 2; n--) sum = 1 + (x / n) * sum;
  return x * sum;
}

/** log(1 + x) without cancellation near zero (Goldberg's correction). */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1) return x;
  if (u === Number.POSITIVE_INFINITY) return u;
  return (log(u) * x) / (u - 1);
}

/** x to the power y, for x >= 0. Exact for small whole y, else within a few ulp. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
  if (Math.floor(y) === y && y > 0 && y <= 64) {
    let result = 1;
    let base = x;
    for (let n = y; n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) result *= base;
      base *= base;
    }
    return result;
  }
  return exp(y * log(x));
}

const horner = (coefficients: readonly number[], x: number): number => {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
};

const centralTop = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const centralBottom = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852854,
];
const nearTop = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
];
const nearBottom = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const farTop = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
];
const farBottom = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15,
];

/** Inverse of the standard normal distribution function, relative error about 1e-16 (AS 241). */
export function normalQuantile(p: number): number {
  if (!(p > 0)) return p === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (!(p < 1)) return p === 1 ? Number.POSITIVE_INFINITY : Number.NaN;
  const q = p - 0.5;
  if (q <= 0.425 && q >= -0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(centralTop, r)) / horner(centralBottom, r);
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const x =
    r <= 5
      ? horner(nearTop, r - 1.6) / horner(nearBottom, r - 1.6)
      : horner(farTop, r - 5) / horner(farBottom, r - 5);
  return q < 0 ? -x : x;
}

const lanczos = [
  57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202, 0.00003399464998481189,
  0.00004652362892704858, -0.00009837447530487956, 0.0001580887032249125, -0.00021026444172410488,
  0.00021743961811521265, -0.0001643181065367639, 0.00008441822398385275, -0.000026190838401581408,
  0.0000036899182659531625,
];

/** Logarithm of the gamma function, x > 0. */
export function logGamma(x: number): number {
  const base = x + 5.2421875;
  const power = (x + 0.5) * log(base) - base;
  let series = 0.9999999999999971;
  let y = x;
  for (const coefficient of lanczos) series += coefficient / ++y;
  return power + log((2.5066282746310007 * series) / x);
}

/** Regularised lower incomplete gamma function: the distribution function of a gamma with this shape and scale 1. */
export function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0;
  const front = exp(shape * log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let n = 1; n < 10_000; n++) {
      term *= x / (shape + n);
      sum += term;
      if (term < sum * 1e-17) break;
    }
    return front * sum;
  }
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10_000; i++) {
    const an = -i * (i - shape);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return 1 - front * h;
}

/** Quantile of a gamma distribution with this shape and scale 1: bisection, safe for every shape, to about 1e-15. */
export function gammaQuantile(shape: number, p: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  let high = shape + 1;
  while (gammaCdf(shape, high) < p) high *= 2;
  let low = 0;
  for (let i = 0; i < 200; i++) {
    const middle = 0.5 * (low + high);
    if (middle === low || middle === high) break;
    if (gammaCdf(shape, middle) < p) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}
