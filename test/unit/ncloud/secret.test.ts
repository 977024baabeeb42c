import assert from "node:assert/strict";
import { format, inspect } from "node:util";
import { maskSecret, Secret } from "../../../src/ncloud/secret.ts";
import { newSecret } from "./support/observed.ts";

describe("a secret", () => {
  it("is not seen wherever it is printed, logged or serialised", () => {
    const value = newSecret();
    const secret = new Secret(value);
    const error = new Error(`Failed with ${String(secret)}`, { cause: { secret } });
    const texts = [
      String(secret),
      // As a caller would that the compiler does not watch over.
      `in a sentence: ${secret as unknown as string}`,
      "added: " + (secret as unknown as string),
      [secret].join(),
      secret.toLocaleString(),
      JSON.stringify({ secret, list: [secret] }),
      inspect(secret),
      inspect({ deep: { secret: [secret] } }, { depth: null, showHidden: true, getters: true }),
      inspect(secret, { customInspect: false, showHidden: true }),
      format("%s %o %O %j %d", secret, secret, secret, secret, secret),
      inspect(error, { depth: null, showHidden: true }),
      error.stack ?? "",
      JSON.stringify(Object.entries(secret)),
      JSON.stringify(Object.getOwnPropertyNames(secret)),
      inspect(structuredClone(secret)),
    ];
    assert.deepEqual(
      texts.filter((text) => text.includes(value)),
      [],
    );
  });

  it("leaves a word in its place, so that one sees that something was there", () => {
    const secret = new Secret(newSecret());
    assert.deepEqual(
      [String(secret), JSON.stringify({ secret }), inspect({ secret }), format("%s", secret)],
      ["[secret]", '{"secret":"[secret]"}', "{ secret: [secret] }", "[secret]"],
    );
  });

  it("is revealed to who asks for it, and compared without being revealed", () => {
    const value = newSecret();
    const secret = new Secret(value);
    assert.deepEqual(
      {
        revealed: secret.reveal(),
        same: secret.equals(new Secret(value)),
        other: secret.equals(new Secret(newSecret())),
      },
      { revealed: value, same: true, other: false },
    );
  });

  it("is masked but for its last four characters, and altogether when it is short", () => {
    const masks = ["", "abcd", "123456789012345", "123456789012WXYZ"].map((value) =>
      maskSecret(new Secret(value)),
    );
    assert.deepEqual(masks, ["••••", "••••", "••••", "••••WXYZ"]);
  });
});
