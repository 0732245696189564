/**
 * A bare 4-ary heap over typed arrays: a measure of the machine that no change of ours can make faster or slower. Holds
 * `size` events at all times; `hold` takes the first out and puts it back later.
 */
export class Yardstick {
  constructor(size) {
    this.size = size;
    this.time = new Float64Array(size);
    this.sequence = new Float64Array(size);
    this.handle = new Int32Array(size);
    this.next = 0;
  }

  /** Times have to come in ascending order. */
  fill(times) {
    for (let k = 0; k < this.size; k++) {
      this.time[k] = times[k];
      this.sequence[k] = this.next++;
      this.handle[k] = k;
    }
  }

  hold(delay) {
    const { time, sequence, handle, size } = this;
    const due = time[0] + delay;
    const first = handle[0];
    const order = this.next++;
    let at = 0;
    for (;;) {
      const child = 4 * at + 1;
      if (child >= size) break;
      let least = child;
      const end = child + 4 < size ? child + 4 : size;
      for (let k = child + 1; k < end; k++)
        if (time[k] < time[least] || (time[k] === time[least] && sequence[k] < sequence[least])) least = k;
      if (due < time[least]) break;
      time[at] = time[least];
      sequence[at] = sequence[least];
      handle[at] = handle[least];
      at = least;
    }
    time[at] = due;
    sequence[at] = order;
    handle[at] = first;
  }
}
