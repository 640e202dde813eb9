// Keys that this device keeps. WebCrypto holds them and gives none out; IndexedDB keeps only what WebCrypto lets it: a way to use them.

import type { ImportedKey } from "hoso";
import { Database } from "./database.js";

export interface DeviceKey extends ImportedKey {
  readonly keptSince: string;
}

const database = new Database<"keys">("hoso-keys", 1, (made) => void made.createObjectStore("keys"));

/** Fails where the browser keeps nothing: it is asked before anybody types a password in vain. */
export const canKeepKeys = async (): Promise<void> => void (await database.open());

/** The last one kept comes first. */
export async function deviceKeys(): Promise<DeviceKey[]> {
  const keys = await database.all<DeviceKey>("keys");
  return keys.sort((one, other) => other.keptSince.localeCompare(one.keptSince));
}

/** A key that is there already is kept once. */
export const keepKey = (key: DeviceKey): Promise<void> => database.write("keys", key.certificate.sha256, key);
export const removeKey = ({ certificate }: DeviceKey): Promise<void> => database.write("keys", certificate.sha256, undefined);
