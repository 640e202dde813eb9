import type { Params, Reason, Report, Signed } from "./types.js";

const BRAND = Symbol.for("hoso.HosoError");

/**
 * The one error that hoso throws. `code` never changes its meaning; `message` is a sentence in the language asked for.
 * `instanceof` holds across copies of the package.
 */
export class HosoError extends Error {
  readonly code: string;
  readonly params: Params;
  /** Everything that was found, the first of which gives `code` and `message`: a schema may have several mistakes. */
  readonly errors: readonly Reason[];
  /** The report, where a form that is not valid was to be sealed. */
  readonly report: Report | undefined;
  /** The signed dossier without timestamp, where there was a signature but no timestamp for it. */
  readonly signed: Signed | undefined;

  constructor(errors: readonly Reason[], options?: { cause?: unknown; report?: Report; signed?: Signed }) {
    const [first = { code: "internal.panic", params: {}, message: "internal.panic" }] = errors;
    super(first.message, options && "cause" in options ? { cause: options.cause } : undefined);
    this.name = "HosoError";
    this.code = first.code;
    this.params = first.params;
    this.errors = errors;
    this.report = options?.report;
    this.signed = options?.signed;
    Object.defineProperty(this, BRAND, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && (value as { [BRAND]?: unknown })[BRAND] === true;
  }
}
