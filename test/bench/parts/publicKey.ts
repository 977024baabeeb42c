import { createHash } from "node:crypto";
import ssh2 from "ssh2";
import sshpk from "sshpk";
import { parseKeyFile } from "../../../src/ssh/sshDirectory.ts";
import { median, takeTurns, timeOfOne } from "../measure.ts";
import { processorTime } from "../processorTime.ts";
import { keyTypes, newPublicKeyLine, type KeyTypeName } from "../publicKeys.ts";
import { significant, timeText, type PartResult, type Profile, type Row } from "../row.ts";

/** A line of a `.pub` file to a checked key with both fingerprints, against other parsers. */
export async function publicKey(): Promise<PartResult> {
  const rows: Row[] = [];
  for (const type of keyTypes) rows.push(await rowOf(type));
  return { rows };
}

/** What the processor does while keys are parsed, for a thousand of each type. */
export async function publicKeyProfile(): Promise<PartResult> {
  const columns: Profile["columns"][number][] = [];
  for (const type of keyTypes) {
    const line = newPublicKeyLine(type, "you@host");
    const readThousand = () => {
      for (let time = 0; time < 1_000; time++) readByUs(line);
    };
    for (let time = 0; time < 20; time++) readThousand();
    columns.push({ name: type, shares: await processorTime(readThousand, 200) });
  }
  return { rows: [], profiles: [{ title: "Parsing 1,000 keys", columns }] };
}

async function rowOf(type: KeyTypeName): Promise<Row> {
  const lines = Array.from({ length: 5 }, (_, index) =>
    newPublicKeyLine(type, `you@host-${index}`),
  );
  const eachOf = (read: (line: string) => unknown, times: number) => () =>
    timeOfOne(times, () => lines.forEach(read)) / lines.length;
  const times = await takeTurns(
    {
      ours: eachOf(readByUs, 200),
      bare: eachOf(readBare, 200),
      sshpk: eachOf(readBySshpk, 40),
      ssh2: eachOf(readBySsh2, 40),
    },
    { rounds: 15, warmUp: 2 },
  );
  const ours = median(times.ours);
  const ratioTo = (name: keyof typeof times) => ours / median(times[name]);
  const details = Object.entries(times).map(([name, each]) => `${name} ${timeText(median(each))}`);
  return {
    what: `Parse a public key, both fingerprints: ${type}`,
    against: "bare Base64 and the same hashes; sshpk; ssh2",
    ratio: ratioTo("bare"),
    goal: "≤ 2 × bare; faster than both parsers",
    met: ratioTo("bare") <= 2 && ratioTo("sshpk") < 1 && ratioTo("ssh2") < 1,
    details: `${significant(ratioTo("sshpk"))} × sshpk, ${significant(ratioTo("ssh2"))} × ssh2; ${details.join(", ")}`,
  };
}

function readByUs(line: string): void {
  const { kind } = parseKeyFile(line);
  if (kind !== "key") throw new Error("The key was refused.");
}

function fingerprints(blob: Buffer): readonly string[] {
  return [
    createHash("md5").update(blob).digest("hex"),
    createHash("sha256").update(blob).digest("base64"),
  ];
}

function readBare(line: string): void {
  fingerprints(Buffer.from(line.split(" ")[1]!, "base64"));
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
