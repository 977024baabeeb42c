import assert from "node:assert/strict";
import { collectKeys } from "../../../src/inventory/collectKeys.ts";
import type { Gap, KeyRecord } from "../../../src/inventory/keyRecord.ts";
import type { WireRequest, WireResponse } from "../../../src/ncloud/transport.ts";
import { kindOf, never } from "../ncloud/support/observed.ts";
import { reasonOf } from "../../../src/report/inventoryReport.ts";
import { healthOf } from "../../../src/report/keyHealth.ts";
import {
  accessKeyList,
  apiKeyPage,
  apiKeysPath,
  authKeyList,
  authKeysPath,
  FakeNcp,
  serverError,
  subAccountPage,
  subAccountsPath,
  type FakeAnswer,
} from "../support/fakeNcp.ts";
import { drained } from "../support/world.ts";

const ids = Array.from({ length: 500 }, (_, index) => `sub-${index}`);
const pathOf = (id: string) => `${subAccountsPath}/${id}/access-keys`;

/** An NCP with 500 sub accounts that takes its time, and counts what it has to do at a time. */
class BusyNcp extends FakeNcp {
  readonly #underWay: Record<string, number> = {};
  /** The most requests of each kind that were under way at one time. */
  readonly most: Record<string, number> = {};
  onRequest: (path: string) => void = () => undefined;

  constructor(answers: Readonly<Record<string, FakeAnswer>> = {}) {
    super({
      [subAccountsPath]: (url) => {
        const page = Number(url.searchParams.get("page"));
        const size = Number(url.searchParams.get("size"));
        const end = (page + 1) * size;
        return subAccountPage(ids.slice(page * size, end), ids.length, end < ids.length);
      },
      ...Object.fromEntries(ids.map((id) => [pathOf(id), accessKeyList(`key of ${id}`)])),
      [apiKeysPath]: (url) => {
        const offset = Number(url.searchParams.get("offset"));
        return apiKeyPage([`api-${offset}`], 30);
      },
      ...answers,
    });
  }

  override async send(request: WireRequest, signal = never()): Promise<WireResponse> {
    const path = new URL(request.url).pathname;
    const kind = path.replace(/sub-\d+/, "ID");
    const count = (this.#underWay[kind] ?? 0) + 1;
    this.#underWay[kind] = count;
    this.most[kind] = Math.max(this.most[kind] ?? 0, count);
    this.onRequest(path);
    await drained();
    this.#underWay[kind]--;
    signal.throwIfAborted();
    return super.send(request);
  }
}

async function collect(ncp: FakeNcp, signal = never(), inventory = ncp.inventory()) {
  const records: KeyRecord[] = [];
  const gaps: Gap[] = [];
  const sink = {
    add: (more: readonly KeyRecord[]) => void records.push(...more),
    miss: (gap: Gap) => void gaps.push(gap),
  };
  const outcome = await kindOf(collectKeys(inventory, sink, signal));
  const owners = records.flatMap((r) => (r.kind === "accessKey" ? [r.owner.subAccountId] : []));
  return { outcome, owners, gaps, records };
}

describe("collecting the keys of 500 sub accounts", () => {
  it("asks for six lists of access keys at a time and six pages of API keys, no more and no less", async () => {
    const ncp = new BusyNcp();
    const { outcome, owners, gaps } = await collect(ncp);
    assert.deepEqual(
      {
        outcome,
        owners: new Set(owners).size,
        gaps,
        requests: ncp.requests.length,
        most: ncp.most,
      },
      {
        outcome: "none",
        owners: 500,
        gaps: [],
        // One for each sub account, five pages of these, thirty pages of API keys, the auth keys.
        requests: 500 + 5 + 30 + 1,
        most: {
          [pathOf("ID")]: 6,
          [apiKeysPath]: 6,
          [subAccountsPath]: 1,
          "/nsml/v1/auth-keys": 1,
        },
      },
    );
  });

  it("sends nothing more once it is cancelled, and waits for none of those under way", async () => {
    const ncp = new BusyNcp();
    const cancelling = new AbortController();
    const late: string[] = [];
    ncp.onRequest = (path) => {
      if (cancelling.signal.aborted) late.push(path);
      if (path === pathOf("sub-50")) cancelling.abort();
    };
    const { outcome, owners } = await collect(ncp, cancelling.signal);
    assert.deepEqual(
      { outcome, late, last: owners.at(-1) },
      // Six at a time: 45 to 50 were under way.
      { outcome: "cancelled", late: [], last: "sub-44" },
    );
  });

  it("lists whose access keys could not be read, and reads all the others", async () => {
    const failing = ["sub-7", "sub-123", "sub-499"];
    const ncp = new BusyNcp(Object.fromEntries(failing.map((id) => [pathOf(id), serverError])));
    const { outcome, owners, gaps } = await collect(ncp);
    assert.deepEqual(
      {
        outcome,
        owners: owners.length,
        gaps: gaps.map(({ place, error }) =>
          place.kind === "accessKeys" ? [place.owner.subAccountId, error.kind] : place,
        ),
      },
      { outcome: "none", owners: 497, gaps: failing.map((id) => [id, "server"]) },
    );
  });

  it("asks for no further page after one that failed, and adds nothing once it has ended", async () => {
    class UnevenNcp extends BusyNcp {
      override async send(request: WireRequest, signal = never()): Promise<WireResponse> {
        if (/offset=[456]&/.test(request.url))
          for (let turn = 0; turn < 20; turn++) await drained();
        return super.send(request, signal);
      }
    }
    const ncp = new UnevenNcp({
      [subAccountsPath]: serverError,
      [apiKeysPath]: (url) => {
        const offset = Number(url.searchParams.get("offset"));
        return offset === 3 ? serverError : apiKeyPage([`api-${offset}`], 30);
      },
    });
    const { gaps, records } = await collect(ncp);
    const apiKeysAtEnd = records.filter(({ kind }) => kind === "apiKey").length;
    for (let turn = 0; turn < 30; turn++) await drained();
    assert.deepEqual(
      {
        missed: gaps.map(({ place }) => place.kind).sort(),
        apiKeysAtEnd,
        late: records.filter(({ kind }) => kind === "apiKey").length - apiKeysAtEnd,
      },
      // The first page, two before the failure, and five that were under way when it came.
      { missed: ["apiKeys", "subAccounts"], apiKeysAtEnd: 8, late: 0 },
    );
  });

  it("lists what it could not read any more as the account was signed out", async () => {
    const ncp = new BusyNcp();
    const inventory = ncp.inventory();
    ncp.onRequest = (path) => {
      if (path === pathOf("sub-50")) inventory.dispose();
    };
    const { outcome, owners, gaps } = await collect(ncp, never(), inventory);
    assert.deepEqual(
      {
        outcome,
        owners: owners.length,
        missed: gaps.flatMap(({ place, error }) =>
          place.kind === "accessKeys" ? [`${place.owner.subAccountId} ${error.kind}`] : place.kind,
        ),
      },
      { outcome: "none", owners: 51, missed: ids.slice(51).map((id) => `${id} cancelled`) },
    );
  });

  it("reads those it knows of when the list of sub accounts breaks off, and lists that", async () => {
    const whole = new BusyNcp().answers[subAccountsPath] as (url: URL) => never;
    const ncp = new BusyNcp({
      [subAccountsPath]: (url) => (url.searchParams.get("page") === "3" ? serverError : whole(url)),
    });
    const { outcome, owners, gaps } = await collect(ncp);
    assert.deepEqual(
      { outcome, owners: owners.length, gaps: gaps.map(({ place, error }) => [place, error.kind]) },
      { outcome: "none", owners: 300, gaps: [[{ kind: "subAccounts" }, "server"]] },
    );
  });
});

describe("collecting the auth keys, some of them of this computer", () => {
  const titles = ["laptop", "desk"];
  const localKey = (title: string) => ({
    path: `/home/kim/.ssh/${title}.pub`,
    fileName: `${title}.pub`,
    fingerprint: `fingerprint of ${title}`,
    sha256Fingerprint: "SHA256:",
    type: "ssh-ed25519",
    bits: 256,
  });

  /** What is said of each auth key each time, with the folder of the public keys as it is then. */
  async function walks(...folders: readonly (readonly string[] | "unreadable")[]) {
    const left = [...folders];
    const ncp = new FakeNcp({ [authKeysPath]: authKeyList(...titles.map((title) => ({ title }))) });
    const inventory = ncp.inventory({
      readLocalKeys: () => {
        const files = left.shift()!;
        return files === "unreadable"
          ? Promise.reject(new Error("EACCES"))
          : Promise.resolve(files.map(localKey));
      },
    });
    const said: unknown[] = [];
    while (left.length > 0) {
      const { records, gaps } = await collect(ncp, never(), inventory);
      const health = healthOf(records, { now: Date.now(), warningDays: 0 });
      said.push([
        ...health.map(({ key, findings }) => [
          key.kind === "authKey" && key.localKey?.fileName,
          ...findings.map(({ kind }) => kind),
        ]),
        ...gaps.map((gap) => `${gap.place.kind} ${reasonOf(gap)}`),
      ]);
    }
    return said;
  }

  it("sees a file that was added since the last time", async () => {
    assert.deepEqual(await walks([], ["desk"]), [
      [
        [undefined, "noLocalMatch"],
        [undefined, "noLocalMatch"],
      ],
      [[undefined, "noLocalMatch"], ["desk.pub"]],
    ]);
  });

  it("lists a folder that cannot be read, and takes no key for one that is elsewhere", async () => {
    const unknown = [[undefined], [undefined], "localKeys unreadable"];
    assert.deepEqual(await walks("unreadable", ["desk"], "unreadable"), [
      unknown,
      [[undefined, "noLocalMatch"], ["desk.pub"]],
      unknown,
    ]);
  });
});
