import { createHash } from "node:crypto";
import ssh2 from "ssh2";
import sshpk from "sshpk";
import { parseKeyFile } from "../../../src/ssh/sshDirectory.ts";
import { median, takeTurns, timeOfOne } from "../measure.ts";
import { timeShares } from "../timeShares.ts";
import { keyTypes, newPublicKeyLine, type KeyTypeName } from "../publicKeys.ts";
import {
  compared,
  significant,
  timeText,
  type PartResult,
  type Profile,
  type Row,
} from "../row.ts";

/** A line of a `.pub` file to a checked key with both fingerprints, against other parsers. */
export async function publicKey(): Promise<PartResult> {
  const rows: Row[] = [];
  const columns: Profile["columns"][number][] = [];
  for (const type of keyTypes) {
    rows.push(await rowOf(type));
    columns.push(...(await profileOf(type)));
  }
  return { rows, profiles: [{ title: "Parsing 1,000 keys", columns }] };
}

/** Where the time goes while a thousand keys are parsed. */
async function profileOf(type: KeyTypeName): Promise<Profile["columns"]> {
  const { bytes, base64 } = keyIn(newPublicKeyLine(type, "you@host"));
  const columns: Profile["columns"][number][] = [];
  for (const [side, read] of [
    ["ours", () => readByUs(bytes)],
    ["bare", () => readBare(base64)],
  ] as const) {
    const readThousand = () => {
      for (let time = 0; time < 1_000; time++) read();
    };
    columns.push({ name: `${type}, ${side}`, shares: await timeShares(readThousand, 20) });
  }
  return columns;
}

async function rowOf(type: KeyTypeName): Promise<Row> {
  const keys = Array.from({ length: 5 }, (_, index) =>
    keyIn(newPublicKeyLine(type, `you@host-${index}`)),
  );
  const eachOf = (times: number, read: (key: Key) => unknown) => () =>
    timeOfOne(times, () => keys.forEach(read)) / keys.length;
  const times = await takeTurns(
    {
      ours: eachOf(200, ({ bytes }) => readByUs(bytes)),
      bare: eachOf(200, ({ base64 }) => readBare(base64)),
      sshpk: eachOf(40, ({ line }) => readBySshpk(line)),
      ssh2: eachOf(40, ({ line }) => readBySsh2(line)),
    },
    { rounds: 15, warmUp: 2 },
  );
  const figures = compared(times.ours, times.bare);
  const ratioTo = (name: keyof typeof times) => figures.ours / median(times[name]);
  const details = Object.entries(times).map(([name, each]) => `${name} ${timeText(median(each))}`);
  return {
    what: `Parse a public key, both fingerprints: ${type}`,
    against: "bare Base64 and the same hashes; sshpk; ssh2",
    ...figures,
    goal: "≤ 2 × bare; faster than both parsers",
    met: figures.ratio <= 2 && ratioTo("sshpk") < 1 && ratioTo("ssh2") < 1,
    details: `${significant(ratioTo("sshpk"))} × sshpk, ${significant(ratioTo("ssh2"))} × ssh2; ${details.join(", ")}`,
  };
}

/** A key as each side takes it. */
interface Key {
  /** As a file is read. */
  readonly bytes: Buffer;
  readonly line: string;
  readonly base64: string;
}

function keyIn(line: string): Key {
  return { bytes: Buffer.from(`${line}\n`), line, base64: line.split(" ")[1]! };
}

function readByUs(bytes: Buffer): void {
  const { kind } = parseKeyFile(bytes);
  if (kind !== "key") throw new Error("The key was refused.");
}

function fingerprints(blob: Buffer): readonly string[] {
  return [
    createHash("md5").update(blob).digest("hex"),
    createHash("sha256").update(blob).digest("base64"),
  ];
}

function readBare(base64: string): void {
  fingerprints(Buffer.from(base64, "base64"));
}

function readBySshpk(line: string): void {
  const key = sshpk.parseKey(line, "ssh");
  key.fingerprint("md5").toString();
  key.fingerprint("sha256").toString();
}

function readBySsh2(line: string): void {
  const key = ssh2.utils.parseKey(line);
  if (key instanceof Error) throw key;
  fingerprints(key.getPublicSSH());
}
