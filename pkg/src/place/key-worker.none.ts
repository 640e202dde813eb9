/** Node has no Worker of this kind. */
export function keyWorker(): Worker | undefined {
  return undefined;
}

export function chooseWorker(_source: unknown): void {}
