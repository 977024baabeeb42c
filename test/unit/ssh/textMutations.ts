import { lineOf } from "./keyBytes.ts";
import { typeNames, type KeyMutation } from "./keyMutation.ts";
import type { SeededRandom } from "../support/seededRandom.ts";

const oddCharacters = [
  ...'\r,\n,\r\n,\t, ,\0,\x0b,\x0c,\x1b,\x7f,\x85,=,-,_,+,/,#,",\\,:'.split(","),
  ..."\u00a0,\u0085,\u2028,\u2029,\u3000,\u200b,\u202e,\ufeff,\ufffd,한,😀".split(","),
];

const options = [
  "no-pty",
  "cert-authority",
  'command="ls -l",no-pty',
  'from="*.example.com",environment="A=\\"b c\\""',
  "host.example.com,10.0.0.1",
  "@revoked *",
  "1024 65537",
  "ssh-rsa",
  "-",
  '"',
];

const separators = ["\n", "\r\n", "\r", "\n\n", "\n#\n", "\n \t\n", "\x0b", "\u2028", "\\\n"];

function odd(random: SeededRandom): Buffer {
  const character = random.pick(oddCharacters);
  // Some as the single byte of Latin-1, which is not UTF-8.
  return random.below(8) === 0 ? Buffer.from(character, "latin1") : Buffer.from(character);
}

function insert(text: string | Buffer, at: number, piece: Uint8Array): Buffer {
  const bytes = Buffer.from(text as string);
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}

/** Where fields meet in a line: a mistake there is likelier to matter than anywhere. */
function joints(line: string): number[] {
  const first = line.indexOf(" ");
  const second = line.indexOf(" ", first + 1);
  const ends = [first, first + 1, second, second + 1, line.length - 1];
  return [0, ...ends, line.length];
}

/** What can happen to the text of a key, by hand, by an editor or on the way. */
export const textMutations: Readonly<Record<string, KeyMutation>> = {
  "nothing changed": (key) => lineOf(key),
  "a bit of the line flipped": (key, _, random) => {
    const line = Buffer.from(lineOf(key));
    line[random.below(line.length)]! ^= 1 << random.below(8);
    return line;
  },
  "the line cut off": (key, _, random) => {
    const line = lineOf(key);
    return line.slice(0, random.below(line.length));
  },
  "an odd character somewhere": (key, _, random) => {
    const line = lineOf(key);
    return insert(line, random.below(line.length), odd(random));
  },
  "an odd character where fields meet": (key, _, random) => {
    const line = lineOf(key, random.pick(["you@host", ""]));
    return insert(line, random.pick(joints(line)), odd(random));
  },
  "another space": (key, _, random) => {
    const [type = "", ...rest] = lineOf(key).split(" ");
    return [type, ...rest].join(random.pick(["  ", "\t", " \t ", "\u00a0", "\u3000", "\v", "\r"]));
  },
  "white space around": (key, _, random) => {
    const space = () =>
      random.pick(["", " ", "\t", "\r", "\n", "\r\n", "\n\n", " \n", "#\n", "\v"]);
    return space() + lineOf(key).trimEnd() + space() + space();
  },
  "a byte order mark": (key, _, random) =>
    `${random.pick(["\ufeff", "\ufeff\ufeff"])}${lineOf(key)}`,
  "two lines": (key, other, random) =>
    lineOf(key).trimEnd() + random.pick(separators) + lineOf(random.pick([key, other])),
  "a line of something else": (key, other, random) => {
    const lines = [
      lineOf(key),
      random.pick(["# note\n", "x\n", "AAAA\n", `${other.type}\n`, "{}\n"]),
    ];
    return (random.below(2) === 0 ? lines : lines.reverse()).join("");
  },
  "options in front": (key, _, random) =>
    random.pick(options) + random.pick([" ", "  ", "\t", "", ",", "\n"]) + lineOf(key),
  "another field": (key, other, random) => {
    const fields = [key.type, key.blob.toString("base64"), "you@host"];
    const extra = random.pick([other.type, other.blob.toString("base64"), "x", "=", "AAAA"]);
    fields.splice(random.below(fields.length + 1), 0, extra);
    return fields.join(" ");
  },
  "a field left out": (key, _, random) => {
    const fields = [key.type, key.blob.toString("base64"), "you@host"];
    fields.splice(random.below(2), 1);
    return fields.join(" ");
  },
  "the type of another key": (key, other) => lineOf({ type: other.type, blob: key.blob }),
  "another name for the type": (key, _, random) =>
    lineOf({ type: random.pick(typeNames), blob: key.blob }),
  "other base64": (key, _, random) => {
    const base64 = key.blob.toString("base64");
    const middle = random.below(base64.length);
    const changed = random.pick([
      base64.replace(/=+$/, ""),
      `${base64}=`,
      `${base64}==`,
      `${base64}A`,
      `${base64}AAAA`,
      base64.replaceAll("+", "-").replaceAll("/", "_"),
      `${base64.slice(0, middle)}=${base64.slice(middle)}`,
      `${base64.slice(0, middle)}\n${base64.slice(middle)}`,
      `${base64.slice(0, middle)}\r\n${base64.slice(middle)}`,
      base64.replace(/[A-Za-z0-9+/](?==)/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
    ]);
    return `${key.type} ${changed} you@host\n`;
  },
  "another comment": (key, _, random) => {
    const comment = random.pick<() => Uint8Array>([
      () => random.bytes(1 + random.below(20)),
      () => Buffer.from("한국어 코멘트"),
      () => Buffer.from("# not a comment"),
      () => Buffer.from('" quoted \\" ssh-rsa AAAA'),
      () => Buffer.from("-----BEGIN OPENSSH PRIVATE KEY-----"),
      () => Buffer.from("x".repeat(random.below(3000))),
      // Longer than any file that is read.
      () => Buffer.alloc(66_000, "x"),
      () => Buffer.concat([odd(random), odd(random), odd(random)]),
    ])();
    const line = lineOf(key, "");
    return insert(line, line.length - 1, comment);
  },
  "in the form of RFC 4716": (key, _, random) => {
    const body = key.blob.toString("base64").replace(/.{1,70}/g, "$&\n");
    const header = random.pick(["", "Comment: you\n", 'Comment: "a \\\nb"\n', "x: y\\\n"]);
    const begin = random.pick([
      "---- BEGIN SSH2 PUBLIC KEY ----\n",
      "---- BEGIN SSH2 PUBLIC KEY\n",
    ]);
    return `${begin}${header}${body}---- END SSH2 PUBLIC KEY ----\n`;
  },
  "in UTF-16": (key, _, random) =>
    Buffer.from(random.pick(["\ufeff", ""]) + lineOf(key), "utf16le"),
  "no key at all": (_, __, random) => random.bytes(random.below(200)),
};
