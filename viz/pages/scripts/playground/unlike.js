// Whether a picture is unlike every one of training: farther from the nearest than nearly all those that were held out.
"use strict";

import { shortNumber } from "../numbers.js";

const PASS = 0.99; // of the held-out pictures
const MOST = 400; // pictures that the limit is measured with

export function createUnlike(lab) {
  let [measured, limit] = [null, Infinity];

  // Distance between pictures: the root of the summed squares of what their pixels differ by.
  function nearest(picture) {
    let least = Infinity;
    for (const other of lab.parts.train.X) {
      if (other === picture) continue;
      let sum = 0;
      for (let k = 0; k < picture.length && sum < least; k++) sum += (picture[k] - other[k]) ** 2;
      least = Math.min(least, sum);
    }
    return Math.sqrt(least);
  }

  function measure() {
    measured = lab.parts;
    const { held, train } = lab.parts;
    const found = (held.X.length ? held : train).X.slice(0, MOST).map(nearest).sort((a, b) => a - b);
    limit = found[Math.ceil(PASS * found.length) - 1];
  }

  return (picture) => {
    if (measured !== lab.parts) measure();
    const apart = nearest(picture);
    return apart <= limit ? "" : `It is unlike every picture of training (${shortNumber(apart, 2)} from the nearest; `
      + `of those held out 99 % are within ${shortNumber(limit, 2)}): the answer is a guess, however sure it looks.`;
  };
}
