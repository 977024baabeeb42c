import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with a document as it looks now; it must have looked at its colours, too. */
export async function findViolations(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(source);
  return await frame.evaluate<string[]>(`axe.run().then(({ violations, passes }) => [
    ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)),
    ...(passes.some(({ id }) => id === "color-contrast") ? [] : ["the contrast was not looked at"]),
  ])`);
}
