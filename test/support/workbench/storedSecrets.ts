import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Page } from "playwright-core";

const item = "secrets.provider";
const keyLength = 32;
const ivLength = 12;
const tagLength = 16;

/**
 * The secrets of a profile. A VS Code in a browser keeps them in the page's storage, sealed with
 * AES-GCM under two keys: one lies beside them, the other is what `/mint-key` answers.
 */
export class StoredSecrets {
  readonly #page: Page;
  /** What `/mint-key` answers from now on; a page asks once. Undefined leaves it unanswered. */
  mintedKey: Buffer | undefined = randomBytes(keyLength);
  readonly #answered = new Set<() => void>();

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Takes over `/mint-key`, which nothing must have asked yet. */
  static async of(page: Page): Promise<StoredSecrets> {
    const secrets = new StoredSecrets(page);
    await page.route("**/mint-key", async (route) => {
      while (!secrets.mintedKey) {
        await new Promise<void>((resolve) => secrets.#answered.add(resolve));
      }
      await route.fulfill({ body: secrets.mintedKey });
    });
    return secrets;
  }

  /** Answers with this key, those who are waiting among them. */
  mint(key: Buffer): void {
    this.mintedKey = key;
    for (const answer of this.#answered) answer();
    this.#answered.clear();
  }

  /** The secrets by their keys, unsealed with the key of now. */
  async read(): Promise<Record<string, string>> {
    const text = await this.#page.evaluate<string | null>(`localStorage.getItem("${item}")`);
    if (text === null) return {};
    const sealed = Buffer.from(text, "base64");
    const [own, iv, body] = [
      sealed.subarray(0, keyLength),
      sealed.subarray(keyLength, keyLength + ivLength),
      sealed.subarray(keyLength + ivLength),
    ];
    const decipher = createDecipheriv("aes-256-gcm", this.#keyWith(own), iv);
    decipher.setAuthTag(body.subarray(-tagLength));
    const plain = [decipher.update(body.subarray(0, -tagLength)), decipher.final()];
    return JSON.parse(Buffer.concat(plain).toString()) as Record<string, string>;
  }

  /** A window reads them once, so they count from the next reload. */
  async write(secrets: Readonly<Record<string, string>>): Promise<void> {
    const [own, iv] = [randomBytes(keyLength), randomBytes(ivLength)];
    const cipher = createCipheriv("aes-256-gcm", this.#keyWith(own), iv);
    const body = [cipher.update(JSON.stringify(secrets)), cipher.final(), cipher.getAuthTag()];
    const text = Buffer.concat([own, iv, ...body]).toString("base64");
    await this.#page.evaluate(`localStorage.setItem("${item}", "${text}")`);
  }

  /** From the next reload on, the browser denies each page its look at them; VS Code takes one. */
  async deny(): Promise<void> {
    await this.#page.addInitScript(`(() => {
      const { getItem } = Storage.prototype;
      Storage.prototype.getItem = function (name) {
        if (name !== "${item}") return getItem.call(this, name);
        Storage.prototype.getItem = getItem;
        throw new DOMException("Access is denied.", "SecurityError");
      };
    })()`);
  }

  #keyWith(own: Buffer): Buffer {
    const { mintedKey } = this;
    if (!mintedKey) throw new Error("No key is minted.");
    return Buffer.from(own.map((byte, index) => byte ^ (mintedKey[index] ?? 0)));
  }
}
