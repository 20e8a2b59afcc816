// Python's random numbers, bit for bit: the Mersenne Twister of `random.Random(seed)` and what is drawn from it.
"use strict";

const N = 624;
const M = 397;

export class Random {
  // `seed` is a whole number from 0 to 2^53.
  constructor(seed) {
    this.state = new Uint32Array(N);
    this.at = N;
    const key = seed < 2 ** 32 ? [seed] : [seed % 2 ** 32, Math.floor(seed / 2 ** 32)];
    this.byArray(key);
    this.spare = null;
  }

  copy() {
    const copied = Object.create(Random.prototype);
    return Object.assign(copied, this, { state: this.state.slice() });
  }

  byNumber(seed) {
    const state = this.state;
    state[0] = seed;
    for (let i = 1; i < N; i++) state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
  }

  byArray(key) {
    const state = this.state;
    this.byNumber(19650218);
    let [i, j] = [1, 0];
    for (let k = Math.max(N, key.length); k; k--) {
      state[i] = (state[i] ^ Math.imul(state[i - 1] ^ (state[i - 1] >>> 30), 1664525)) + key[j] + j;
      if (++i === N) [state[0], i] = [state[N - 1], 1];
      if (++j === key.length) j = 0;
    }
    for (let k = N - 1; k; k--) {
      state[i] = (state[i] ^ Math.imul(state[i - 1] ^ (state[i - 1] >>> 30), 1566083941)) - i;
      if (++i === N) [state[0], i] = [state[N - 1], 1];
    }
    state[0] = 0x80000000;
  }

  // 32 random bits.
  next() {
    const state = this.state;
    if (this.at === N) {
      for (let k = 0; k < N; k++) {
        const y = (state[k] & 0x80000000) | (state[(k + 1) % N] & 0x7fffffff);
        state[k] = state[(k + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      this.at = 0;
    }
    let y = state[this.at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  random() {
    const a = this.next() >>> 5;
    const b = this.next() >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  }

  uniform(a, b) {
    return a + (b - a) * this.random();
  }

  gauss(mean, deviation) {
    let z = this.spare;
    this.spare = null;
    if (z === null) {
      const angle = this.random() * 2 * Math.PI;
      const radius = Math.sqrt(-2 * Math.log(1 - this.random()));
      z = Math.cos(angle) * radius;
      this.spare = Math.sin(angle) * radius;
    }
    return mean + z * deviation;
  }

  // A whole number from 0 to below n.
  below(n) {
    const bits = 32 - Math.clz32(n);
    let r = n;
    while (r >= n) r = this.next() >>> (32 - bits);
    return r;
  }

  // The numbers below n in the order of as many random numbers of 64 bits, as nn.samples.permutation has them.
  permutation(n) {
    const low = new Float64Array(n);
    const high = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      low[i] = this.next();
      high[i] = this.next();
    }
    // The numbers are spread evenly: put into as many drawers, and in them hardly anything is left to be sorted.
    const drawer = (i) => Math.floor((high[i] / 2 ** 32) * n);
    const ends = new Uint32Array(n + 1);
    for (let i = 0; i < n; i++) ends[drawer(i) + 1] += 1;
    for (let k = 0; k < n; k++) ends[k + 1] += ends[k];
    const order = new Array(n).fill(0);
    for (let i = 0; i < n; i++) order[ends[drawer(i)]++] = i;
    for (let k = 1; k < n; k++) {
      const i = order[k];
      let at = k;
      for (; at && (high[order[at - 1]] - high[i] || low[order[at - 1]] - low[i]) > 0; at--) order[at] = order[at - 1];
      order[at] = i;
    }
    return order;
  }

  shuffle(items) {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
    return items;
  }
}
