import { HosoError } from "../error.js";
import { failure } from "../failure.js";
import type { Language } from "../types.js";
import type { Holder } from "./key-holder.js";
import type { Answer, Import, Imported, Question } from "./key-worker.js";

/** A key in a worker; nothing where the worker does not start. */
export async function inWorker(worker: Worker, question: Extract<Question, { type: "open" }>): Promise<Holder | undefined> {
  const { ask, end } = connected(worker);
  const answer = await first(ask, end, question);
  if (answer?.type !== "opened") {
    end();
    return undefined;
  }
  const sign = async (message: Uint8Array, algorithm: string, lang: Language) => {
    const answer = await ask({ type: "sign", message, algorithm, lang });
    if (answer.type === "signed") return answer.signature;
    throw answer.type === "failed" ? new HosoError(answer.errors) : failure("internal.panic", {}, lang);
  };
  return { opened: answer.key, sign, end };
}

/** A key that WebCrypto keeps, from a file that a worker opens and that ends with it; nothing where the worker does not start. */
export async function importInWorker(worker: Worker, question: Import): Promise<Imported | undefined> {
  const { ask, end } = connected(worker);
  const answer = await first(ask, end, question);
  end();
  return answer?.type === "imported" ? answer.key : undefined;
}

interface Connection {
  ask(question: Question): Promise<Answer>;
  end(): void;
}

/** The first answer; nothing where the worker did not start, or cannot run the module: it may be of another build, or under a policy of its own. */
async function first(ask: Connection["ask"], end: Connection["end"], question: Question): Promise<Answer | undefined> {
  const answer = await ask(question).catch(() => undefined);
  if (answer?.type !== "failed") return answer;
  end();
  throw new HosoError(answer.errors);
}

function connected(worker: Worker): Connection {
  // No handler can see a question, which holds a password: it would live as long as the worker's object.
  let waiting: { resolve(answer: Answer): void; reject(reason: unknown): void } | undefined;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => waiting?.resolve(data);
  // A script that is not there, or that a policy blocks, shows as an event alone.
  worker.onerror = (event) => {
    event.preventDefault();
    waiting?.reject(new Error("the worker did not start"));
  };
  const ask = (question: Question) => {
    const answer = new Promise<Answer>((resolve, reject) => (waiting = { resolve, reject }));
    worker.postMessage(question);
    return answer;
  };
  const end = () => {
    worker.terminate();
    waiting?.reject(new Error("the worker was ended"));
  };
  return { ask, end };
}
