/** Node has no Worker of this kind. */
export function keyWorker(): Worker | undefined {
  return undefined;
}

export function fileWorker(): Worker | undefined {
  return undefined;
}

export function chooseWorkers(_sources: unknown): void {}
