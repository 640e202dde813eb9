// What every peer is given: the same six files, key and root; and the clock around each step. Runs in a page.

const FILES = 6;
const BYTES = 5_000_000;

export const STEPS = ["open", "seal", "sign", "verify"];

/** Six papers. Bytes that look like nothing, behind the beginning of a PDF. */
export function papers() {
  return Array.from({ length: FILES }, (_, at) => {
    const bytes = new Uint8Array(BYTES);
    for (let from = 0; from < BYTES; from += 65_536) crypto.getRandomValues(bytes.subarray(from, Math.min(BYTES, from + 65_536)));
    bytes.set(new TextEncoder().encode("%PDF-1.7\n"));
    return new File([bytes], `giay-to-${at + 1}.pdf`, { type: "application/pdf" });
  });
}

export const keyFile = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** How many milliseconds each step takes, in the order of `STEPS`; each is given what the one before it made. */
export async function timed(peer, ...given) {
  const times = [];
  let made;
  for (const step of STEPS) {
    const start = performance.now();
    made = await peer[step](made, ...given);
    times.push(performance.now() - start);
  }
  return times;
}

/** How long a key file takes to open; nothing where the peer cannot. */
export async function opening(peer, ...given) {
  const start = performance.now();
  try {
    await peer.open(undefined, ...given);
  } catch {
    return undefined;
  }
  return performance.now() - start;
}
