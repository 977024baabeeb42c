import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import { parsed, refusal, send } from "./signedClient.ts";

const AUTH_KEYS = "/nsml/v1/auth-keys";

/** The blob of a key of that type: enough of one for a server that reads the type only. */
function blobOf(type: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  return Buffer.concat([length, Buffer.from(type), randomBytes(36)]);
}

function lineOf(type: string, typeInside = type): string {
  return `${type} ${blobOf(typeInside).toString("base64")} minji@macbook`;
}

describe("the sandbox's NSML", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ authKeys: 2 });
  });
  afterEach(() => sandbox.close());

  function create(title: unknown, key: unknown) {
    return send(sandbox, "POST", AUTH_KEYS, { json: { title, key } });
  }

  it("lists every key at once with the documented fields", async () => {
    const reply = await send(sandbox, "GET", AUTH_KEYS);
    const keyList = sandbox.state.authKeys;
    assert.deepEqual(parsed(reply), { status: 200, json: { keyList, totalCount: 2 } });
    assert.deepEqual(Object.keys(keyList[0] ?? {}).sort(), [
      "createTime",
      "fingerprint",
      "name",
      "title",
    ]);
  });

  it("registers a key under the MD5 of its blob, at a time in Korea", async () => {
    const blob = blobOf("ssh-ed25519");
    const time = Date.UTC(2031, 11, 31, 15, 4, 5);
    sandbox.state.switches.clockOffset = time - Date.now();
    const reply = await send(sandbox, "POST", AUTH_KEYS, {
      timestamp: time,
      json: { title: "My-Key-1", key: `ssh-ed25519 ${blob.toString("base64")} minji@macbook` },
    });
    assert.deepEqual(parsed(reply), { status: 201, json: undefined });

    const digits = createHash("md5").update(blob).digest("hex");
    const { createTime, ...created } = sandbox.state.authKeys.at(-1)!;
    assert.deepEqual(created, {
      name: digits,
      title: "My-Key-1",
      fingerprint: digits.match(/../g)?.join(":"),
    });
    assert.match(createTime, /^2032-01-01 00:04:\d\d$/);
  });

  it("takes titles of letters, digits and single hyphens that begin with a letter", async () => {
    const titles = ["a", "A1", "a-b-c", "a-", "1a", "-a", "a--b", "id_ed25519", "a b", "키", ""];
    const statuses: number[] = [];
    for (const title of titles) statuses.push((await create(title, lineOf("ssh-ed25519"))).status);
    assert.deepEqual(statuses, [201, 201, 201, 201, 400, 400, 400, 400, 400, 400, 400]);
  });

  it("takes the documented key types and the real name of nistp256", async () => {
    const lines = {
      rsa: lineOf("ssh-rsa"),
      ed25519: lineOf("ssh-ed25519"),
      printed: lineOf("ecdsa-sha-nistp256", "ecdsa-sha2-nistp256"),
      real: lineOf("ecdsa-sha2-nistp256"),
      nistp384: lineOf("ecdsa-sha2-nistp384"),
      nistp521: lineOf("ecdsa-sha2-nistp521"),
      dss: lineOf("ssh-dss"),
      fido: lineOf("sk-ssh-ed25519@openssh.com"),
      certificate: lineOf("ssh-rsa-cert-v01@openssh.com"),
      capital: lineOf("SSH-RSA", "ssh-rsa"),
    };
    const statuses: Record<string, number> = {};
    for (const [title, line] of Object.entries(lines))
      statuses[title] = (await create(title, line)).status;
    assert.deepEqual(statuses, {
      rsa: 201,
      ed25519: 201,
      printed: 201,
      real: 201,
      nistp384: 201,
      nistp521: 201,
      dss: 400,
      fido: 400,
      certificate: 400,
      capital: 400,
    });
  });

  it("takes only the page's spelling of nistp256 where it shares the page's error", async () => {
    sandbox.state.switches.refuseRealNistp256 = true;
    const real = await create("real", lineOf("ecdsa-sha2-nistp256"));
    const printed = await create("printed", lineOf("ecdsa-sha-nistp256", "ecdsa-sha2-nistp256"));
    assert.deepEqual([refusal(real), printed.status], ["400/100", 201]);
  });

  it("refuses a key that cannot be read", async () => {
    const line = lineOf("ssh-ed25519");
    const replies = await Promise.all([
      create("a", "ssh-ed25519"),
      create("a", "ssh-ed25519 ****"),
      create("a", "ssh-ed25519 AAAA"),
      create("a", lineOf("ssh-ed25519", "ssh-rsa")),
      create("a", `${line}\n${line}`),
      create("a", undefined),
    ]);
    assert.deepEqual(
      replies.map(refusal),
      replies.map(() => "400/100"),
    );
  });

  it("refuses a title that is in use and a key that is registered", async () => {
    const line = lineOf("ssh-rsa");
    const first = await create("first", line);
    const sameTitle = await create("first", lineOf("ssh-rsa"));
    const sameKey = await create("second", line.replace("minji@macbook", "other comment"));
    assert.deepEqual([first.status, sameTitle.status, sameKey.status], [201, 409, 409]);
    assert.equal(sandbox.state.authKeys.length, 3);
  });

  it("deletes the key whose title and name both fit", async () => {
    const [first, second] = sandbox.state.authKeys;
    assert.ok(first && second);
    const wrongName = await send(
      sandbox,
      "DELETE",
      `${AUTH_KEYS}/title/${first.title}/name/${second.name}`,
    );
    const deleted = await send(
      sandbox,
      "DELETE",
      `${AUTH_KEYS}/title/${first.title}/name/${first.name}`,
    );
    assert.deepEqual([refusal(wrongName), deleted.status], ["404/300", 200]);
    assert.deepEqual(sandbox.state.authKeys, [second]);
  });

  it("decodes the title and the name in the path", async () => {
    const [first] = sandbox.state.authKeys;
    assert.ok(first);
    const path = `${AUTH_KEYS}/title/${first.title.replace("-", "%2D")}/name/${first.name}`;
    const malformed = await send(sandbox, "DELETE", `${AUTH_KEYS}/title/%E0/name/${first.name}`);
    assert.equal(refusal(malformed), "400/100");
    assert.equal((await send(sandbox, "DELETE", path)).status, 200);
  });
});
