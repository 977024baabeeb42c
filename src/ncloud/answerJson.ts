import { setImmediate } from "node:timers/promises";

/** The longest text, in characters, that is read at once: about two hundred API keys. */
const shortText = 64 * 1024;

/**
 * What the text of an answer says; undefined when it is no JSON.
 *
 * Long texts are read one in each turn of the event loop. A thousand API keys take a few milliseconds
 * with all that is made of them, and answers that come together would block the extension host,
 * which is everybody's, for as long as all of them take.
 *
 * @throws the signal's reason when it was aborted before the text's turn
 */
export async function answerJson(text: string, signal: AbortSignal): Promise<unknown> {
  if (text.length > shortText) {
    await turnOfItsOwn();
    signal.throwIfAborted();
  }
  return parseJson(text);
}

/** One for all accounts, because the event loop is one. */
let lastTurn = Promise.resolve();

function turnOfItsOwn(): Promise<void> {
  lastTurn = lastTurn.then(() => setImmediate());
  return lastTurn;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
