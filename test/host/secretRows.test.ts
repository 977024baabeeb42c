import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { inspect } from "node:util";
import { MarkdownString } from "vscode";
import type { Account } from "../../src/accounts/account.ts";
import type { LocalKey } from "../../src/inventory/localKeyIndex.ts";
import type { Row } from "../../src/inventory/row.ts";
import type { Clock } from "../../src/ncloud/clock.ts";
import { requestTimeLimit } from "../../src/ncloud/ncloudClient.ts";
import { NcloudError } from "../../src/ncloud/ncloudError.ts";
import { nodeFetchTransport } from "../../src/ncloud/nodeFetchTransport.ts";
import type { Fault } from "../sandbox/faults.ts";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { failures } from "../support/scene/failures.ts";
import { SecretSearch } from "../support/scene/secretSearch.ts";
import { echo, secretsOf } from "../support/scene/sentSecrets.ts";
import { allRows } from "../unit/ncloud/support/hostileAccount.ts";
import { accountAt, openTree } from "./openTree.ts";
import { say } from "./say.ts";

type Tree = Awaited<ReturnType<typeof openTree>>;

/** What was seen of rows, to be searched once all secrets are known. */
class SeenRows {
  /** How many rows of each kind. */
  readonly counts: Partial<Record<Row["kind"], number>> = {};
  readonly #texts: (readonly [place: string, text: string])[] = [];

  /** Takes down all that the editor is given of a row: what it shows, says, and hands to a command. */
  look({ tree }: Tree, row: Row): void {
    const item = tree.resolveTreeItem(tree.getTreeItem(row), row);
    this.counts[row.kind] = (this.counts[row.kind] ?? 0) + 1;
    for (const [property, value] of Object.entries(item)) {
      this.#texts.push([`the ${property} of ${row.kind}`, textOf(value)]);
    }
  }

  /** Looks at every row, and at what stood in its place while it was read. */
  async lookAtAll(at: Tree): Promise<void> {
    await allRows(at.inventory, async (parent) => {
      const rows = await at.tree.getChildren(parent);
      for (const row of rows) this.look(at, row);
      return rows;
    });
  }

  search(secrets: Iterable<readonly [name: string, secret: string]>): SecretSearch {
    const result = new SecretSearch();
    for (const [name, secret] of secrets) result.lookFor(name, secret);
    for (const [place, text] of this.#texts) result.searchText(place, text);
    return result;
  }
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const whole = { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity };
  if (!(value instanceof MarkdownString))
    return inspect(value, { ...whole, breakLength: Infinity });
  // As it is read: punctuation stands there as entities.
  return value.value.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

/** Answers of success that repeat what the request carried where nobody may show it. */
function echoesInFields(sandbox: Sandbox): readonly Fault[] {
  const sent = () => JSON.stringify(sandbox.requests.at(-1)!.headers);
  const answer = (body: (text: string) => unknown): Fault => ({
    kind: "status",
    status: 200,
    get body() {
      return body(sent());
    },
  });
  const names = { apiKeyId: "id", apiKeyName: "name", subAccountId: "id", loginId: "login" };
  const rest = { isEnabled: true, title: "title", name: "name", fingerprint: "print" };
  return [
    // In values, which are masked, and in fields nobody reads.
    answer((text) => {
      const values = { primaryKey: text, secondaryKey: text, key: text, secretKey: text };
      const item = { ...names, ...rest, ...values, [text]: text };
      const lists = { apiKeys: [item], keyList: [item], items: [item] };
      return { ...item, ...lists, total: 1, totalItems: 1, hasNext: false };
    }),
    // In place of a list, and of another type than the field has.
    answer((text) => ({ apiKeys: text, keyList: text, items: [text] })),
    answer((text) => {
      const item = {
        ...names,
        ...rest,
        apiKeyId: [text],
        title: { [text]: text },
        loginId: [text],
      };
      const lists = { apiKeys: [item], keyList: [item], items: [item] };
      return { ...lists, total: text, totalItems: text, hasNext: text };
    }),
  ];
}

/** Every way in which reading goes wrong, those that repeat the request among them. */
function mishaps(sandbox: Sandbox): readonly Fault[] {
  return [
    ...Object.values(failures).map(({ fault }) => fault),
    ...[200, 400, 401, 403, 404, 409, 429, 500, 503].map((status) => echo(sandbox, status)),
    ...echoesInFields(sandbox),
  ];
}

describe("The rows of somebody whose secrets are known", () => {
  let sandbox: Sandbox;
  let account: Account;
  let localKeys: readonly LocalKey[];
  /** Every secret there ever was. */
  const secrets = new Map<string, string>();
  /** Pauses pass at once. A request has its time, unless it is one that is never answered. */
  const clock: Clock & { timeLimit: number } = {
    timeLimit: requestTimeLimit,
    now: () => Date.now(),
    random: () => 0.5,
    sleep: (milliseconds, signal) =>
      setTimeout(milliseconds === requestTimeLimit ? clock.timeLimit : 0, undefined, { signal }),
  };

  before(async () => {
    // Of three API keys a page holds two, and each list has both values of them.
    sandbox = await startSandbox({ apiKeys: 3, limitCap: 2, listApiKeyValues: true });
    const [authKey] = sandbox.state.authKeys;
    const { fingerprint } = authKey!;
    const file = { path: "/home/jiwoo/.ssh/id_ed25519.pub", fileName: "id_ed25519.pub" };
    const facts = { sha256Fingerprint: "SHA256:", type: "ssh-ed25519", bits: 256 };
    localKeys = [{ ...file, ...facts, fingerprint }];
    const named = sandbox.state.subAccounts.slice(0, 1).map(({ subAccountId }) => subAccountId);
    account = { ...accountAt(sandbox, "account"), subAccountIds: named };
  });

  after(() => sandbox.close());

  function open(): Promise<Tree> {
    return openTree(account, { transport: nodeFetchTransport, clock }, localKeys);
  }

  /** Learns the secrets of now, and forgets the requests. */
  async function remember(): Promise<void> {
    await sandbox.idle();
    for (const [name, secret] of secretsOf(sandbox)) secrets.set(secret, name);
    sandbox.resetRequests();
  }

  const known = () => [...secrets].map(([secret, name]) => [name, secret] as const);

  it("would show a secret to the search, in whatever a row has of it", async () => {
    const leaks = [
      "authKey",
      "apiKey",
      "apiKeyValue",
      "subAccount",
      "accessKey",
      "failure",
    ] as const;
    const leak = Object.fromEntries(
      leaks.map((kind) => [kind, randomBytes(20).toString("hex")]),
    ) as Record<(typeof leaks)[number], string>;
    const seen = new SeenRows();
    const tree = await open();
    const row = { id: "row", parent: undefined };
    const key = (text: string) => ({ name: text, fingerprint: text, createTime: text });
    const apiKey = (text: string) => ({ apiKeyId: text, name: text, description: text });
    const noTime = { modifiedAt: undefined, isEnabled: true };
    const { authKey: a, apiKey: b, apiKeyValue: c, subAccount: d, accessKey: e, failure: f } = leak;
    const planted: readonly Row[] = [
      { ...row, kind: "authKey", authKey: { title: a, ...key(a) }, localKey: undefined },
      { ...row, kind: "apiKey", apiKey: { ...apiKey(b), ...noTime } },
      {
        ...row,
        kind: "apiKeyValue",
        apiKey: { ...apiKey("x"), ...noTime },
        which: "primary",
        masked: c,
      },
      { ...row, kind: "subAccount", subAccountId: d, subAccount: undefined },
      {
        ...row,
        kind: "accessKey",
        subAccountId: "x",
        accessKey: { accessKeyId: e, active: true, createdAt: undefined },
      },
      { ...row, kind: "failure", error: new NcloudError("badAnswer", { field: f }) },
    ];
    for (const one of planted) seen.look(tree, one);
    tree.close();
    const inAll = ["accessibilityInformation", "description", "label", "tooltip"];
    const places: Readonly<Record<(typeof leaks)[number], readonly string[]>> = {
      authKey: inAll,
      apiKey: inAll,
      apiKeyValue: ["accessibilityInformation", "description"],
      subAccount: ["accessibilityInformation", "label", "tooltip"],
      accessKey: ["accessibilityInformation", "tooltip"],
      failure: ["accessibilityInformation", "command", "tooltip"],
    };
    assert.deepEqual(
      seen.search(Object.entries(leak)).found,
      leaks
        .flatMap((kind) => places[kind].map((place) => `${kind} in the ${place} of ${kind}`))
        .sort(),
    );
  });

  it("would show a signature to the search that a server gives as the name of a key", async () => {
    const signature = () => String(sandbox.requests.at(-1)!.headers["x-ncp-apigw-signature-v2"]);
    sandbox.addFault({
      kind: "status",
      status: 200,
      path: /\/api-keys\?/,
      get body() {
        const apiKey = { apiKeyId: "id", apiKeyName: signature(), isEnabled: true };
        return { apiKeys: [apiKey], total: 1 };
      },
    });
    const seen = new SeenRows();
    const tree = await open();
    await seen.lookAtAll(tree);
    tree.close();
    sandbox.clearFaults();
    await remember();
    const { found } = seen.search(known());
    assert.deepEqual(
      found.map((text) => text.replace(/ of GET \S*\/api-keys\?\S* in /, " in ")),
      [
        "the accessibilityInformation of apiKey",
        // What is below the key could not be read, and Retry is given the row with what it stands in.
        "the command of failure",
        "the label of apiKey",
        "the tooltip of apiKey",
      ].map((place) => `x-ncp-apigw-signature-v2 in ${place}`),
    );
  });

  it("show no secret and no signature, whatever goes wrong and whatever a server repeats", async function () {
    this.timeout(60_000);
    const seen = new SeenRows();
    let requests = 0;
    const faults = mishaps(sandbox);
    for (const fault of faults) {
      const before = await open();
      await seen.lookAtAll(before);
      const added = sandbox.addFault(fault);
      clock.timeLimit = fault.kind === "hang" ? 20 : requestTimeLimit;
      // Once for rows that were read before, once for what never was.
      await before.inventory.refresh();
      await seen.lookAtAll(before);
      const first = await open();
      await seen.lookAtAll(first);
      clock.timeLimit = requestTimeLimit;
      assert.ok(added.hits > 0);
      added.remove();
      for (const { close } of [before, first]) close();
      requests += sandbox.requests.length;
      await remember();
    }
    const result = seen.search(known());
    const rows = Object.values(seen.counts).reduce((sum, count) => sum + count, 0);
    say(
      `${faults.length} mishaps, ${requests} requests, ${rows} rows; ` +
        `${result.bytes} bytes searched for ${result.secrets} secrets`,
    );
    const kinds: Readonly<Record<Row["kind"], true>> = {
      group: true,
      authKey: true,
      apiKey: true,
      apiKeyValue: true,
      subAccount: true,
      accessKey: true,
      loading: true,
      failure: true,
      loadMore: true,
      notice: true,
    };
    assert.deepEqual(
      { found: result.found, kinds: Object.keys(seen.counts).sort() },
      { found: [], kinds: Object.keys(kinds).sort() },
    );
  });
});
