import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { makeMutants, type Mutant } from "./mutants.ts";
import { asListed, observe } from "./observed.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { fixturePath, listKeys, listKeysOfEach, type ListedKey } from "./sshKeygen.ts";
import { reasons } from "./strictness.ts";
import { useTemporaryFolder } from "./temporaryFolder.ts";

const long = process.env["NCLOUD_KEYS_TEST_LONG"] === "1";
const cases = long ? 60_000 : 4_000;
const seed = 20_240_903;
/** How many mutants share the runs of ssh-keygen. */
const batchSize = 2_000;

/** What becomes of a mutant; `difference` is a fault of the parser. */
interface Verdict {
  readonly outcome: "accepted" | "refused" | "difference";
  /** Why we and ssh-keygen differ on purpose. */
  readonly reason?: string;
}

/** What we read and ssh-keygen -l does not, as product.md asks for. */
const looser = [
  { reason: "byte order mark", holds: (text: Buffer) => text.indexOf("\ufeff") === 0 },
  {
    reason: "RFC 4716",
    holds: (text: Buffer) => text.includes("---- BEGIN SSH2 PUBLIC KEY ----\n"),
  },
];

function same(ours: ListedKey, theirs: readonly ListedKey[]): boolean {
  return JSON.stringify([ours]) === JSON.stringify(theirs);
}

/**
 * @param observed what the parser made of the mutant.
 * @param theirs what ssh-keygen made of it.
 * @param sent what ssh-keygen made of the line that would be sent.
 */
function judge(
  { text }: Mutant,
  observed: ReturnType<typeof observe>,
  theirs: readonly ListedKey[],
  sent: readonly ListedKey[],
): Verdict {
  if ("key" in observed) {
    const ours = asListed(observed.key);
    if (!same(ours, sent)) return { outcome: "difference" };
    if (same(ours, theirs)) return { outcome: "accepted" };
    const reason = looser.find(({ holds }) => holds(text))?.reason;
    if (theirs.length > 0 || reason === undefined) return { outcome: "difference" };
    return { outcome: "accepted", reason };
  }
  if (theirs.length === 0) return { outcome: "refused" };
  const stricter = { problem: observed.problem, text, listed: theirs };
  const stated = reasons.find(
    ({ kinds, holds }) => kinds.includes(observed.problem.kind) && holds(stricter),
  );
  return stated === undefined
    ? { outcome: "difference" }
    : { outcome: "refused", reason: stated.reason };
}

/** How often each outcome and reason came up, in words. */
function figuresOf(verdicts: readonly Verdict[]): string {
  const figures = (outcome: Verdict["outcome"]) => {
    const all = verdicts.filter((verdict) => verdict.outcome === outcome);
    const counts = new Map<string, number>();
    for (const { reason } of all) {
      if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    const listed = [...counts].map(([reason, count]) => `${reason} ${count}`).join(", ");
    return { count: all.length, listed };
  };
  const accepted = figures("accepted");
  const refused = figures("refused");
  return (
    `${verdicts.length} tried, ${accepted.count} accepted (looser on purpose: ${accepted.listed}), ` +
    `${refused.count} refused (stricter on purpose: ${refused.listed})`
  );
}

describe("mutants of public keys", function () {
  this.timeout(long ? 600_000 : 60_000);
  const folder = useTemporaryFolder();

  it("are judged as ssh-keygen -l does, or otherwise for a stated reason", () => {
    const random = seededRandom(seed);
    const verdicts: Verdict[] = [];
    const differences: unknown[] = [];
    for (let done = 0; done < cases; done += batchSize) {
      const batch = makeMutants(Math.min(batchSize, cases - done), random);
      const texts = batch.map(({ text }) => text);
      const observed = texts.map((text) => observe(text));
      const lines = observed.map((result) =>
        Buffer.from("key" in result ? result.key.line : "refused"),
      );
      const listed = listKeysOfEach(texts, folder());
      const sent = listKeysOfEach(lines, folder());
      batch.forEach((mutant, index) => {
        const ours = observed[index]!;
        const theirs = listed[index]!;
        const verdict = judge(mutant, ours, theirs, sent[index]!);
        verdicts.push(verdict);
        if (verdict.outcome === "difference") {
          differences.push({ how: mutant.how, text: mutant.text.toString("latin1"), ours, theirs });
        }
      });
    }
    console.log(`      mutants, seed ${seed}: ${figuresOf(verdicts)}`);
    const stated = new Set(verdicts.map(({ reason }) => reason));
    const unseen = [...reasons, ...looser]
      .map(({ reason }) => reason)
      .filter((reason) => !stated.has(reason));

    assert.deepEqual(
      { differences: differences.slice(0, 5), unseen },
      { differences: [], unseen: listKeys(fixturePath("dsa.pub")).length === 0 ? ["DSA key"] : [] },
    );
  });

  it("are read by ssh-keygen in a batch as in files of their own", () => {
    const texts = makeMutants(60, seededRandom(seed + 1)).map(({ text }) => text);

    const together = listKeysOfEach(texts, folder());

    const alone = texts.map((text) => {
      const file = path.join(folder(), "alone");
      writeFileSync(file, text);
      return listKeys(file);
    });
    assert.deepEqual(together, alone);
  });
});
