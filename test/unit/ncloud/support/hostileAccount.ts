import fc from "fast-check";
import type { Inventory } from "../../../../src/inventory/inventory.ts";
import type { Row } from "../../../../src/inventory/row.ts";
import type { Transport } from "../../../../src/ncloud/transport.ts";
import { answerOf, type ScriptedAnswer } from "./fakeTransport.ts";
import { anyAnswer, anyText, anyTime } from "./hostileAnswers.ts";

/** What a hostile NCP answers to each kind of request, again and again. */
export interface HostileAccount {
  readonly authKeys: ScriptedAnswer;
  readonly apiKeys: ScriptedAnswer;
  readonly apiKey: ScriptedAnswer;
  readonly subAccounts: ScriptedAnswer;
  readonly accessKeys: ScriptedAnswer;
}

/** Text of any characters and lengths, some of it the same again and again. */
const anyWords = fc.oneof(
  fc.constantFrom(
    "a",
    "b",
    "..",
    "a/b",
    "%2F",
    "\u202eb",
    "$(trash)",
    "[x](command:y)",
    "constructor",
  ),
  fc.constant("long ".repeat(3000)),
  anyText.filter((text) => text !== ""),
);
/** Of a value the last characters are shown. */
const anyValue = fc.oneof(anyWords, fc.constant("0123456789abcdef\u202e\n"));
const anyOption = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyMoment = anyOption(
  fc.oneof(
    anyTime,
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.constantFrom("+275760-09-13T00:00:00Z", "-271821-04-20T00:00:00Z", "0000-01-01 00:00:00"),
  ),
);
const anyCount = fc.oneof(fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER), fc.nat(300));

const anyApiKey = fc.record({
  apiKeyId: anyWords,
  apiKeyName: anyWords,
  apiKeyDescription: anyOption(anyText),
  isEnabled: fc.boolean(),
  modTime: anyMoment,
});
const anyList = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 6 });

/** An answer whose fields have the right types, and anything in them, or else any answer. */
function answerWith(json: fc.Arbitrary<unknown>): fc.Arbitrary<ScriptedAnswer> {
  return fc.oneof(
    { weight: 4, arbitrary: json.map((value) => ({ json: value })) },
    { weight: 1, arbitrary: anyAnswer },
  );
}

export const anyAccount: fc.Arbitrary<HostileAccount> = fc.record({
  authKeys: answerWith(
    fc.record({
      keyList: anyList(
        fc.record({
          title: anyWords,
          name: anyWords,
          fingerprint: anyWords,
          createTime: anyMoment,
        }),
      ),
    }),
  ),
  apiKeys: answerWith(fc.record({ apiKeys: anyList(anyApiKey), total: anyCount })),
  apiKey: answerWith(
    fc
      .tuple(anyApiKey, anyValue, anyValue)
      .map(([apiKey, primaryKey, secondaryKey]) => ({ ...apiKey, primaryKey, secondaryKey })),
  ),
  subAccounts: answerWith(
    fc.record({
      items: anyList(
        fc.record({
          subAccountId: anyWords,
          loginId: anyWords,
          name: anyOption(anyText),
          active: anyOption(fc.boolean()),
          canAPIGatewayAccess: anyOption(fc.boolean()),
        }),
      ),
      totalItems: anyCount,
      hasNext: fc.boolean(),
    }),
  ),
  accessKeys: answerWith(
    anyList(fc.record({ accessKey: anyWords, active: fc.boolean(), createTime: anyMoment })),
  ),
});

/** The wire to such an NCP. */
export function transportTo(account: HostileAccount): Transport {
  return {
    send({ url }) {
      const { pathname } = new URL(url);
      return Promise.resolve(answerOf(account[kindOf(pathname)]));
    },
  };
}

function kindOf(pathname: string): keyof HostileAccount {
  if (pathname.endsWith("/auth-keys")) return "authKeys";
  if (pathname.endsWith("/access-keys")) return "accessKeys";
  if (pathname.endsWith("/sub-accounts")) return "subAccounts";
  return pathname.endsWith("/api-keys") ? "apiKeys" : "apiKey";
}

/** Every row of an account, each opened and read. @param childrenOf gives the rows below one, or the first */
export async function allRows(
  inventory: Inventory,
  childrenOf: (parent: Row | undefined) => Promise<readonly Row[]> | readonly Row[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const open = async (parent: Row | undefined) => {
    await childrenOf(parent);
    await readBelow(inventory, parent);
    for (const row of await childrenOf(parent)) {
      rows.push(row);
      await open(row);
    }
  };
  await open(undefined);
  return rows;
}

async function readBelow(inventory: Inventory, parent: Row | undefined): Promise<void> {
  if (parent?.kind === "group") await inventory[parent.group].load();
  if (parent?.kind === "apiKey") await inventory.valuesOf(parent.apiKey.apiKeyId).load();
  if (parent?.kind === "subAccount") await inventory.accessKeysOf(parent.subAccountId).load();
}
