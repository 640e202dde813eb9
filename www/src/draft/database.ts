// IndexedDB, whose requests are promises here. Whatever a browser refuses is an error of the call, not of the page.

export class Database<Store extends string> {
  #opening: Promise<IDBDatabase> | null = null;

  constructor(
    readonly name: string,
    readonly version: number,
    readonly upgrade: (database: IDBDatabase, oldVersion: number) => void,
  ) {}

  /** Puts a value there, or takes away what is there. */
  write(store: Store, key: string, value: unknown): Promise<void> {
    return this.change([store], (transaction) => {
      if (value === undefined) transaction.objectStore(store).delete(key);
      else transaction.objectStore(store).put(value, key);
    });
  }

  read<T>(store: Store, key: string): Promise<T | undefined> {
    return this.#ask(store, (values) => values.get(key) as IDBRequest<T | undefined>);
  }

  all<T>(store: Store): Promise<T[]> {
    return this.#ask(store, (values) => values.getAll() as IDBRequest<T[]>);
  }

  async change(stores: Store[], work: (transaction: IDBTransaction) => void): Promise<void> {
    await done(await this.open(), stores, "readwrite", work);
  }

  open(): Promise<IDBDatabase> {
    this.#opening ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(this.name, this.version);
      request.onupgradeneeded = ({ oldVersion }) => this.upgrade(request.result, oldVersion);
      request.onsuccess = () => {
        // Another tab with a later version must be able to go on.
        request.result.onversionchange = () => request.result.close();
        request.result.onclose = () => (this.#opening = null);
        resolve(request.result);
      };
      request.onerror = () => reject(request.error ?? new Error("indexedDB"));
      request.onblocked = () => reject(new Error("blocked"));
    }).catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #ask<T>(store: Store, question: (values: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    let request: IDBRequest<T> | undefined;
    await done(await this.open(), [store], "readonly", (transaction) => (request = question(transaction.objectStore(store))));
    return request!.result;
  }
}

function done(database: IDBDatabase, stores: string[], mode: IDBTransactionMode, work: (transaction: IDBTransaction) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // `strict`: a phone that dies a second later must still have it.
    const transaction = database.transaction(stores, mode, { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    work(transaction);
  });
}
