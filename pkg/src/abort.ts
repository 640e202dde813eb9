/** Throws the reason of a signal that was given. `throwIfAborted` is younger than the oldest browsers we serve. */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw (signal.reason as unknown) ?? new DOMException("The work was ended early", "AbortError");
}
