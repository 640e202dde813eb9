// 1.004194: temporary residence, form CT01.

import { get, set, type Data } from "../schema/pointer.js";
import { RESIDENCE } from "../words/residence.js";
import type { Service } from "./service.js";

const FORM = "forms/1.004194-tam-tru";

export const residence: Service = {
  code: "1.004194",
  schema: `${FORM}/schema.json`,
  dossiers: "G01.15",
  commune: "/request/place/commune",
  // Who fills in for another answers for what stands there.
  signer: (data) => (get(data, "/filer/role") === "other" ? "/filer/person/personalId" : "/applicant/personalId"),
  autocomplete: {
    "/applicant/name": "name",
    "/applicant/birthDate": "bday",
    "/applicant/phone": "tel",
    "/applicant/email": "email",
    "/applicant/sex": "sex",
  },
  before: {},
  after: {},
  inWords: {},
  words: RESIDENCE,
  sample: { values: `${FORM}/examples/valid/couple-in-own-flat.json`, papers: {}, adopt, spoil },
};

function adopt(values: Data): void {
  set(values, "/applicant/name", "Phạm Thị Thu Hà");
  set(values, "/applicant/birthDate", "1964-08-02");
  set(values, "/applicant/personalId", "031164000008");
}

/** A digit is missing, and the member's day of birth is none. */
function spoil(values: Data): void {
  const id = get(values, "/applicant/personalId");
  if (typeof id === "string") set(values, "/applicant/personalId", id.replace(/^0/, ""));
  set(values, "/members/0/birthDate", "1975-02-30");
}
