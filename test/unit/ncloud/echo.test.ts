import assert from "node:assert/strict";
import type { NcloudClient } from "../../../src/ncloud/ncloudClient.ts";
import { listAuthKeys } from "../../../src/ncloud/nsml.ts";
import { answering, type ScriptedAnswer } from "./support/fakeTransport.ts";
import { clientOn, never, outcomeOf } from "./support/observed.ts";

const secretHeaders = ["x-ncp-apigw-signature-v2", "x-ncp-apigw-api-key"] as const;
type Sent = Readonly<Record<(typeof secretHeaders)[number], string>>;

/** Nobody guesses the rest of forty characters or more from so many of them. */
const harmless = 5;

/** What is left of a secret in the failure of a request whose answer repeats it. */
async function leftOf(
  answer: (secret: string) => ScriptedAnswer,
  header: (typeof secretHeaders)[number],
): Promise<string | undefined> {
  let secret = "";
  const { client } = clientOn(
    answering(({ headers }) => {
      secret = (headers as Sent)[header];
      return { status: 400, ...answer(secret) };
    }),
  );
  const said = JSON.stringify(await failureOf(client));
  return said.includes(secret.slice(0, harmless + 1)) ? said : undefined;
}

function failureOf(client: NcloudClient): Promise<unknown> {
  return outcomeOf(listAuthKeys(client, never()));
}

describe("What a server repeats of a request", () => {
  /** Every place a complaint may have been cut at, by the server or by us. */
  const lengths = Array.from({ length: 400 }, (_, length) => length);

  it("is not quoted, wherever the complaint is cut off", async () => {
    const left: unknown[] = [];
    let quoted = 0;
    for (const header of secretHeaders) {
      for (const length of lengths) {
        const text = (secret: string) => `${"-".repeat(length)}${secret} was refused`;
        const cut = (secret: string) => `Refused: ${secret}`.slice(0, length);
        for (const message of [text, cut]) {
          quoted++;
          const found = await leftOf(
            (secret) => ({ json: { error: { errorCode: "100", message: message(secret) } } }),
            header,
          );
          if (found !== undefined) left.push([header, length, found]);
        }
      }
    }
    assert.deepEqual([quoted, left], [1600, []]);
  });

  it("is not quoted from a code or a trace ID that is cut off", async () => {
    const left: unknown[] = [];
    for (const header of secretHeaders) {
      for (let length = 0; length < 40; length++) {
        const cut = (secret: string) => `${"-".repeat(length)}${secret.slice(0, 40 - length)}`;
        const found = await leftOf(
          (secret) => ({
            json: { error: { errorCode: `${"-".repeat(length)}${secret}`, message: "Refused" } },
            headers: { "x-ncp-trace-id": cut(secret) },
          }),
          header,
        );
        if (found !== undefined) left.push([header, length, found]);
      }
    }
    assert.deepEqual(left, []);
  });
});
