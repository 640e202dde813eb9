// The loop of every comparison, in Node and in a page: two pieces of work take turns, both warm; the median of their ratios.

const ROUNDS = 15;
const WARM_MS = 600;
/** Long beside the tenth of a millisecond to which browsers round their clock. */
const ROUND_MS = 40;

/** How long the first piece of work takes when the second takes 1. Either may give a promise. */
export async function compared(ours, theirs) {
  const works = [ours, theirs];
  const counts = [await warm(ours), await warm(theirs)];
  const ratios = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const taken = [];
    // Who begins changes, since each leaves its garbage to the other.
    for (const side of round % 2 ? [1, 0] : [0, 1]) taken[side] = (await time(works[side], counts[side])) / counts[side];
    ratios.push(taken[0] / taken[1]);
  }
  return median(ratios);
}

export function median(list) {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}

/** Runs until it is warm; how often it fits a round. */
async function warm(work) {
  const start = performance.now();
  let count = 0;
  for (; performance.now() - start < WARM_MS; count += 1) await time(work, 1);
  return Math.max(1, Math.round((count * ROUND_MS) / (performance.now() - start)));
}

async function time(work, count) {
  const start = performance.now();
  for (let at = 0; at < count; at += 1) {
    const result = work();
    if (result instanceof Promise) await result;
  }
  return performance.now() - start;
}
