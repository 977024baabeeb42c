import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** A piece this long is found; a mask of the last four characters is shorter on purpose. */
const pieceLength = 12;
const markBits = 20;

interface Needle {
  readonly bytes: Buffer;
  readonly name: string;
}

/**
 * Looks for secrets in whatever it is given, a piece of one being enough: as they are, and as they
 * look in a URL, in base64, in hexadecimal and in UTF-16. One pass serves any number of secrets.
 */
export class SecretSearch {
  readonly #marks = new Uint8Array(1 << markBits);
  readonly #needles = new Map<number, Needle[]>();
  readonly #secrets = new Set<string>();
  readonly #found = new Set<string>();
  #bytes = 0;

  /** Adds a secret to look for. It must be known before what may hold it is searched. */
  lookFor(name: string, secret: string): void {
    if (this.#secrets.has(secret)) return;
    if (secret.length < pieceLength) throw new Error(`${name} is too short to be looked for`);
    this.#secrets.add(secret);
    for (let start = 0; start + pieceLength <= secret.length; start += pieceLength) {
      this.#addPiece(name, secret.slice(start, start + pieceLength));
    }
    this.#addPiece(name, secret.slice(-pieceLength));
    for (const offset of [0, 1, 2])
      this.#addNeedle(`${name} in base64`, base64Core(secret, offset));
    const hex = Buffer.from(secret).toString("hex");
    this.#addNeedle(`${name} in hexadecimal`, Buffer.from(hex));
  }

  /** How many secrets are looked for. */
  get secrets(): number {
    return this.#secrets.size;
  }

  /** How many bytes were searched so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What was found and where, each once. */
  get found(): readonly string[] {
    return [...this.#found].sort();
  }

  searchText(place: string, text: string): void {
    this.#search(place, Buffer.from(text));
  }

  /** Searches every file below a folder, names included. @param skip paths with `/`, as from there */
  searchFolder(place: string, folder: string, skip: readonly string[] = []): void {
    for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const path = join(folder, entry);
      const name = relative(folder, path).replaceAll("\\", "/");
      if (skip.includes(name)) continue;
      this.searchText(`the names in ${place}`, name);
      if (lstatSync(path).isFile()) this.#search(`${place}: ${name}`, readFileSync(path));
    }
  }

  #addPiece(name: string, piece: string): void {
    this.#addNeedle(name, Buffer.from(piece));
    this.#addNeedle(`${name} in UTF-16`, Buffer.from(piece, "utf16le"));
    const inUrl = encodeURIComponent(piece);
    if (inUrl !== piece) this.#addNeedle(`${name} in a URL`, Buffer.from(inUrl));
  }

  #addNeedle(name: string, bytes: Buffer): void {
    const head = bytes.readUInt32LE(0);
    this.#marks[markOf(head)] = 1;
    this.#needles.set(head, [...(this.#needles.get(head) ?? []), { bytes, name }]);
  }

  #search(place: string, haystack: Buffer): void {
    this.#bytes += haystack.length;
    if (haystack.length < 4) return;
    let head = haystack.readUIntLE(0, 3) << 8;
    for (let end = 3; end < haystack.length; end++) {
      head = (head >>> 8) | (haystack[end]! << 24);
      if (this.#marks[markOf(head)] === 1) this.#compare(place, haystack, head >>> 0, end - 3);
    }
  }

  #compare(place: string, haystack: Buffer, head: number, start: number): void {
    for (const { bytes, name } of this.#needles.get(head) ?? []) {
      if (haystack.subarray(start, start + bytes.length).equals(bytes)) {
        this.#found.add(`${name} in ${place}`);
      }
    }
  }
}

function markOf(head: number): number {
  return Math.imul(head, 0x9e3779b1) >>> (32 - markBits);
}

/** What base64 makes of a secret that begins `offset` bytes into a group, whatever stands around it. */
function base64Core(secret: string, offset: number): Buffer {
  const encoded = Buffer.from(" ".repeat(offset) + secret).toString("base64");
  const start = Math.ceil((offset * 4) / 3);
  return Buffer.from(encoded.slice(start, start + 16));
}
