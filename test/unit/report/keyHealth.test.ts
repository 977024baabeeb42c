import assert from "node:assert/strict";
import type { LocalKey } from "../../../src/inventory/localKeyIndex.ts";
import type { KeyRecord } from "../../../src/inventory/keyRecord.ts";
import { healthOf, type Finding } from "../../../src/report/keyHealth.ts";
import type { SubAccount } from "../../../src/ncloud/subAccount.ts";

const day = 86_400_000;
const now = Date.parse("2026-06-30T12:00:00Z");

function authKey(createTime: string | undefined, local?: Partial<LocalKey>): KeyRecord {
  const named = { path: "/home/k.pub", fileName: "k.pub", fingerprint: "aa" };
  const found = { ...named, sha256Fingerprint: "SHA256:aa", ...local };
  return {
    kind: "authKey",
    authKey: { title: "laptop", name: "aa", fingerprint: "aa", createTime },
    localKey: local ? { type: "ssh-ed25519", bits: 256, ...found } : null,
  };
}

function apiKey(days: number | undefined, isEnabled = true): KeyRecord {
  const modifiedAt = days === undefined ? undefined : now - days * day;
  const named = { apiKeyId: "id", name: "api", description: "" };
  return { kind: "apiKey", apiKey: { ...named, isEnabled, modifiedAt } };
}

function accessKey(days: number, active: boolean, owner: Partial<SubAccount> = {}): KeyRecord {
  const subAccount = { subAccountId: "s", loginId: "l", name: "n", active: true, canUseApi: true };
  return {
    kind: "accessKey",
    accessKey: { accessKeyId: "a", active, createdAt: now - days * day },
    owner: { subAccountId: "s", subAccount: { ...subAccount, ...owner } },
  };
}

/** The findings of one record in a word each; those that ask for something are in capitals. */
function found(record: KeyRecord, warningDays = 90): readonly string[] {
  const [health] = healthOf([record], { now, warningDays });
  return (health?.findings ?? []).map(wordOf);
}

function wordOf(finding: Finding): string {
  const word = finding.kind === "old" ? `${finding.since} ${finding.days}` : finding.kind;
  return finding.severity === "care" ? word.toUpperCase() : word;
}

describe("The health of a key", () => {
  it("finds a key old on the day after the last that it may have", () => {
    assert.deepEqual(
      [90, 91].map((days) => found(apiKey(days))),
      [[], ["CHANGED 91"]],
    );
  });

  it("finds no key old when it is told not to", () => {
    assert.deepEqual(found(apiKey(4000), 0), []);
  });

  it("says of an API key since when it is unchanged, and of the others when they were made", () => {
    assert.deepEqual(
      [
        found(apiKey(100)),
        found(accessKey(100, true)),
        found(authKey("2026-03-01 09:00:00", { bits: 256 })),
      ],
      [["CHANGED 100"], ["CREATED 100"], ["CREATED 121"]],
    );
  });

  it("asks nobody to renew a key that is off, however old it is", () => {
    assert.deepEqual(
      [found(apiKey(400, false)), found(accessKey(400, false)), found(apiKey(1, false))],
      [["changed 400", "disabled"], ["created 400", "inactive"], ["disabled"]],
    );
  });

  it("finds RSA keys below 2048 bits weak, where the key is on this computer", () => {
    const rsa = (bits: number) => authKey(undefined, { type: "ssh-rsa", bits });
    assert.deepEqual(
      [found(rsa(1024)), found(rsa(2047)), found(rsa(2048)), found(authKey(undefined, {}))],
      [["WEAKRSA"], ["WEAKRSA"], [], []],
    );
  });

  it("notes an auth key that is not on this computer, and does not complain", () => {
    const [health] = healthOf([authKey("2026-06-29 10:00:00")], { now, warningDays: 90 });
    assert.deepEqual(
      [health?.findings.map(wordOf), health?.needsCare, health?.days],
      [["noLocalMatch"], false, 1],
    );
  });

  it("finds the active keys of sub accounts that are switched off or may not use the API", () => {
    assert.deepEqual(
      [
        found(accessKey(1, true, { active: false, canUseApi: false })),
        found(accessKey(1, true, { canUseApi: false })),
        found(accessKey(1, false, { active: false })),
        found(accessKey(1, true, { active: undefined, canUseApi: undefined })),
      ],
      [["OWNEROFF"], ["OWNERMAYNOTUSEAPI"], ["ownerOff", "inactive"], []],
    );
  });

  it("puts what asks for something first", () => {
    assert.deepEqual(found(authKey("2020-01-01 00:00:00")), ["CREATED 2372", "noLocalMatch"]);
  });

  it("knows no age where none is given, or one that is no date", () => {
    const times = [undefined, "", "yesterday", "2026-13-45 00:00:00", "2026-06-30"];
    const days = times.map((time) => healthOf([authKey(time)], { now, warningDays: 1 })[0]?.days);
    assert.deepEqual(days, [undefined, undefined, undefined, undefined, 0]);
  });

  it("takes a moment that is still to come for today", () => {
    assert.deepEqual(
      healthOf([apiKey(-3), authKey("2026-07-01 08:00:00")], { now, warningDays: 90 }).map(
        ({ days }) => days,
      ),
      [0, 0],
    );
  });

  it("leaves sub accounts out, which are no keys", () => {
    const record: KeyRecord = { kind: "subAccount", subAccountId: "s", subAccount: undefined };
    assert.deepEqual(healthOf([record], { now, warningDays: 90 }), []);
  });
});
