// The loop of every comparison, in Node and in a page: pieces of work take turns, all warm; medians of times and of their ratios.

const ROUNDS = 15;
const WARM_MS = 600;
/** Long beside the tenth of a millisecond to which browsers round their clock. */
const ROUND_MS = 40;

/** How long the first piece of work takes when the second takes 1. Either may give a promise. */
export async function compared(ours, theirs) {
  const [first, second] = await turns([ours, theirs]);
  return ratio(first, second);
}

/** How many milliseconds each piece of work takes, in each round. */
export async function turns(works) {
  const counts = [];
  for (const work of works) counts.push(await warm(work));
  const taken = works.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    // Who begins changes, since each leaves its garbage to the next.
    for (let step = 0; step < works.length; step += 1) {
      const at = (round + step) % works.length;
      taken[at].push((await time(works[at], counts[at])) / counts[at]);
    }
  }
  return taken;
}

/** The median of the ratios of two that took turns. */
export function ratio(ours, theirs) {
  return median(ours.map((time, round) => time / theirs[round]));
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
