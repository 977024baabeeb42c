import { inspect } from "node:util";
import type { Page } from "playwright-core";

export const waitLimitMs = 20_000;

/** A text given whole, or a pattern. */
export type TextMatch = string | RegExp;

export function matches(match: TextMatch, text: string): boolean {
  return typeof match === "string" ? match === text : match.test(text);
}

/**
 * Resolves in the frame after something in the page has changed; after a tenth of a second at the
 * latest, since not all that is read shows in the page.
 */
const nextChange = `new Promise((resolve) => {
  const changed = () => {
    observer.disconnect();
    clearTimeout(timer);
    requestAnimationFrame(resolve);
  };
  const observer = new MutationObserver(changed);
  const what = { subtree: true, childList: true, attributes: true, characterData: true };
  observer.observe(document, what);
  const timer = setTimeout(changed, 100);
})`;

/**
 * Reads a part of the page, each time it has changed, until it is as wanted.
 * @param wanted names it in the error, which also shows what was read last.
 */
export async function until<T>(
  page: Page,
  wanted: string,
  read: () => Promise<T>,
  accept: (value: T) => boolean,
  limitMs = waitLimitMs,
): Promise<T> {
  const limit = Date.now() + limitMs;
  for (;;) {
    const value = await read();
    if (accept(value)) return value;
    if (Date.now() > limit) {
      throw new Error(`${wanted}: not within ${limitMs / 1000} s. Last seen: ${inspect(value)}`);
    }
    await page.evaluate(nextChange);
  }
}
