// How long the main thread of a page is held at a stretch, from Chromium's trace.

/** A task, and what promises do right after it: the page hears nothing until both are done. */
const TASK = "ThreadControllerImpl::RunTask";
const PROMISES = "BlinkScheduler_PerformMicrotaskCheckpoint";
/** Microseconds between a task and what its promises do. */
const GAP = 50;

/** The longest task of a page's main thread, in ms, while this is done. */
export async function longest(page, work) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  await work();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const mains = new Map();
  for (const event of traceEvents) if (event.name === "thread_name" && event.args.name === "CrRendererMain") mains.set(thread(event), []);
  for (const event of traceEvents) if (event.name === TASK || event.name === PROMISES) mains.get(thread(event))?.push(event);
  const all = [...mains.values()].map(stretches).flat();
  if (all.length === 0) throw new Error("the trace holds no task of the page");
  return all.reduce((most, time) => Math.max(most, time), 0) / 1000;
}

function stretches(events) {
  const found = [];
  let [start, end] = [0, -Infinity];
  for (const { name, ts, dur = 0 } of events.sort((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    const joins = ts < end || (name === PROMISES && ts <= end + GAP);
    if (!joins) start = ts;
    end = joins ? Math.max(end, ts + dur) : ts + dur;
    found.push(end - start);
  }
  return found;
}

function thread({ pid, tid }) {
  return `${pid} ${tid}`;
}
