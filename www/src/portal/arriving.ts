// Large files on bad connections: slow is fine, standing still is not.

/** How long nothing at all may arrive. A limit on the whole would never let a slow phone finish. */
const STILL = 20_000;

/** The bytes of a file, as long as they keep coming. */
export async function arriving(address: URL): Promise<Uint8Array<ArrayBuffer>> {
  const end = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => end.abort(), STILL);
  };
  try {
    wait();
    const response = await fetch(address, { signal: end.signal });
    if (!response.ok || !response.body) throw new Error(`${address.pathname}: ${response.status}`);
    const [reader, pieces] = [response.body.getReader(), [] as Uint8Array<ArrayBuffer>[]];
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      wait();
      pieces.push(next.value);
    }
    return new Uint8Array(await new Blob(pieces).arrayBuffer());
  } finally {
    clearTimeout(timer);
  }
}
