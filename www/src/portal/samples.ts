// The demo's own sample: a dossier of somebody who does not exist, right, or with two mistakes to be found.

import type { Json } from "hoso";
import { discard, saveNow } from "../draft/autosave.js";
import { addFiles } from "../journey/attach.js";
import { get, set, type Data } from "../schema/pointer.js";
import { follow, newSession } from "../journey/session.js";
import { app } from "../state.js";
import { service } from "./portal.js";

/** Fills the form with the sample. */
export async function fillSample(withMistakes: boolean): Promise<void> {
  const values = (await json(service.sample.values)) as Data;
  const papers = await Promise.all(app.model.fileFields().map((field) => papersOf(values, field)));
  for (const field of app.model.fileFields()) set(values, field, undefined);
  service.sample.adopt(values);
  if (withMistakes) service.sample.spoil(values);
  await discard();
  follow({ ...newSession(values), sample: true, revision: 1 });
  app.model.fileFields().forEach((field, index) => addFiles(field, papers[index] ?? []));
  await saveNow();
}

async function papersOf(values: Data, field: string): Promise<File[]> {
  const listed = get(values, field);
  if (!Array.isArray(listed)) return [];
  return Promise.all(
    listed.map(async (paper: Json) => {
      const name = String(get(paper, "/name"));
      const response = await found(service.sample.papers[name] ?? "");
      return new File([await response.blob()], name);
    }),
  );
}

export async function json(address: string): Promise<Json> {
  return (await (await found(address)).json()) as Json;
}

/** Small files of the portal that have to be there when the network is not. */
const ahead = new Map<string, Response>();

/** Fetches a file now, for later. */
export async function fetchEarly(address: string): Promise<void> {
  const response = await fetch(address);
  if (response.ok) ahead.set(address, response);
}

/** A file that has to be there. */
export async function fetched(address: URL): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address.pathname}: ${response.status}`);
  return response;
}

/** A file of the portal, fresh where that can be had. */
export async function found(address: string): Promise<Response> {
  const response = await fetch(address).catch((error: unknown) => {
    const early = ahead.get(address);
    if (early) return early.clone();
    throw error;
  });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}
