import { HosoError } from "../error.js";
import { failure } from "../failure.js";
import type { Language } from "../types.js";
import type { Holder } from "./key-holder.js";
import type { Answer, Question } from "./key-worker.js";

/** A key in a worker; nothing where the worker does not start. */
export async function inWorker(worker: Worker, question: Extract<Question, { type: "open" }>): Promise<Holder | undefined> {
  let fail: (reason: unknown) => void = () => {};
  const ask = (question: Question) =>
    new Promise<Answer>((resolve, reject) => {
      fail = reject;
      worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
      // A script that is not there, or that a policy blocks, shows as an event alone.
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error("the worker did not start"));
      };
      worker.postMessage(question);
    });
  const end = () => {
    worker.terminate();
    fail(new Error("the worker was ended"));
  };
  const answer = await ask(question).catch(() => undefined);
  if (answer?.type !== "opened") {
    end();
    if (answer?.type === "failed") throw new HosoError(answer.errors);
    // It did not start, or it cannot run the module: it may be of another build, or under a policy of its own.
    return undefined;
  }
  const sign = async (message: Uint8Array, algorithm: string, lang: Language) => {
    const answer = await ask({ type: "sign", message, algorithm, lang });
    if (answer.type === "signed") return answer.signature;
    throw answer.type === "failed" ? new HosoError(answer.errors) : failure("internal.panic", {}, lang);
  };
  return { opened: answer.key, sign, end };
}
