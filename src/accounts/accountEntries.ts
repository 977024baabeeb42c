import type { SecretStorage } from "vscode";
import { decodeAccount, encodeAccount, type Account, type StoredAccount } from "./account.ts";
import { withinKeychainLimit } from "./keychainError.ts";

const prefix = "ncloudKeys.account.";

/** `secrets.keys()` came with VS Code 1.105; before it the list of accounts is all there is. */
export interface Secrets extends Pick<SecretStorage, "get" | "store" | "delete"> {
  readonly keys?: () => Thenable<readonly string[]>;
  onDidChange(listener: (event: { readonly key: string }) => unknown): { dispose(): unknown };
}

/** What the keychain holds: one entry per account. Whatever fails in it is a `KeychainError`. */
export class AccountEntries {
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** Calls back with the id of an account whose entry any window changed. */
  onDidChange(listener: (id: string) => void): { dispose(): unknown } {
    return this.#secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) listener(key.slice(prefix.length));
    });
  }

  /** The accounts that have an entry; undefined where the keychain cannot be listed. */
  async ids(): Promise<readonly string[] | undefined> {
    const { keys } = this.#secrets;
    if (!keys) return undefined;
    // What is no list of texts fails in here, as the keychain's own failure.
    return withinKeychainLimit("read", async () => {
      const all = await keys.call(this.#secrets);
      return all.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    });
  }

  async read(id: string): Promise<StoredAccount> {
    return decodeAccount(
      id,
      await withinKeychainLimit("read", () => this.#secrets.get(prefix + id)),
    );
  }

  async write(account: Account): Promise<void> {
    const text = encodeAccount(account);
    await withinKeychainLimit("write", () => this.#secrets.store(prefix + account.id, text));
  }

  async delete(id: string): Promise<void> {
    await withinKeychainLimit("delete", () => this.#secrets.delete(prefix + id));
  }
}
