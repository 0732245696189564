/** Chris Doty-Humphrey's sfc32: what the peers' programs use, so that all of them draw at the same cost. */
export class Sfc32 {
  constructor(seed) {
    this.a = 0x9e3779b9 | 0;
    this.b = 0x243f6a88 | 0;
    this.c = seed | 0;
    this.d = 1;
    for (let i = 0; i < 15; i++) this.next();
  }

  next() {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return t;
  }

  /** Exponential with mean 1. */
  exp() {
    return -Math.log(((this.next() >>> 0) + 0.5) * 2.3283064365386963e-10);
  }
}
