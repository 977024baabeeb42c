import { randomUUID } from "node:crypto";
import type { Disposable, Memento, SecretStorage } from "vscode";
import {
  decodeAccount,
  encodeAccount,
  type Account,
  type AccountSummary,
  type StoredAccount,
} from "./account.ts";
import { AccountIndex } from "./accountIndex.ts";
import { KeychainError, withinKeychainLimit } from "./keychainError.ts";

const secretPrefix = "ncloudKeys.account.";

/** `secrets.keys()` came with VS Code 1.105; before it the list of accounts is all there is. */
export interface Secrets extends Pick<SecretStorage, "get" | "store" | "delete"> {
  readonly keys?: () => Thenable<readonly string[]>;
  onDidChange(listener: (event: { readonly key: string }) => unknown): { dispose(): unknown };
}

export interface AccountList {
  readonly accounts: readonly AccountSummary[];
  /** The account in use in this window: undefined only when there is none. */
  readonly active: AccountSummary | undefined;
}

/**
 * The accounts of this computer. Each account's credentials are one SecretStorage entry. The list
 * of ids and labels beside it in `globalState` is a cache that heals: another window may overwrite
 * it, and whatever the keychain still holds comes back.
 */
export class AccountStore implements Disposable {
  readonly #secrets: Secrets;
  readonly #index: AccountIndex;
  readonly #listeners = new Set<() => void>();
  readonly #subscription: { dispose(): unknown };
  /** The sign-ins this window removed, by account. They must not come back. */
  readonly #removedSignIns = new Map<string, string>();
  /** Steps of one window follow each other, so that a step never works on a list another one is changing. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(secrets: Secrets, state: Memento) {
    this.#secrets = secrets;
    this.#index = new AccountIndex(state);
    this.#subscription = secrets.onDidChange(({ key }) => {
      if (key.startsWith(secretPrefix)) void this.#follow(key.slice(secretPrefix.length));
    });
  }

  /**
   * Calls back after any window added, changed, renamed or removed an account, and after this one
   * activated another. Which account is active is each window's own; a new window begins with the
   * one that was chosen last.
   */
  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#listeners.clear();
  }

  newId(): string {
    return randomUUID();
  }

  /** @throws KeychainError when the keychain has to be asked and fails */
  list(): Promise<AccountList> {
    return this.#inTurn(async () => {
      await this.#addUnlisted();
      await this.#index.heal();
      const { accounts } = this.#index;
      return { accounts, active: this.#index.activeOf(accounts) };
    });
  }

  /** @throws KeychainError */
  read(id: string): Promise<StoredAccount> {
    return this.#inTurn(() => this.#look(id));
  }

  /**
   * Adds an account or replaces the one with its id, and makes it the active one.
   *
   * @throws KeychainError; then nothing was changed
   */
  save(account: Account): Promise<void> {
    return this.#changing(async () => {
      // A record of a later version is not ours to overwrite.
      const { status } = await this.#readSecret(account.id);
      if (status === "newerVersion") throw new KeychainError(status);
      await this.#writeSecret({ ...account, signInId: this.newId() });
      // In one step, so that no window takes over the one without the other.
      await Promise.all([this.#index.heal(), this.#index.activate(account.id)]);
    });
  }

  /** Changes what is stored of an account, which must be there. @throws KeychainError */
  update(id: string, change: (account: Account) => Account): Promise<void> {
    return this.#changing(async () => {
      const stored = await this.#look(id);
      if (stored.status !== "present") throw new KeychainError(stored.status);
      await this.#writeSecret(change(stored.account));
      await this.#index.heal();
    });
  }

  activate(id: string): Promise<void> {
    return this.#changing(() => this.#index.activate(id));
  }

  /** @throws KeychainError; then the account is still there */
  remove(id: string): Promise<void> {
    return this.#changing(() => this.#remove(id));
  }

  /**
   * Removes every account this window knows of or can find. One that cannot be removed does not
   * keep the others.
   *
   * @throws KeychainError for the first one that is still there
   */
  removeAll(): Promise<void> {
    return this.#changing(async () => {
      const listed = this.#index.accounts.map(({ id }) => id);
      const failures: KeychainError[] = [];
      for (const id of new Set([...listed, ...((await this.#storedIds()) ?? [])])) {
        await this.#remove(id).catch((error: unknown) => {
          // A keychain that does not answer would keep the person waiting for each of them.
          if (!(error instanceof KeychainError) || error.kind === "timeout") throw error;
          failures.push(error);
        });
      }
      if (failures[0]) throw failures[0];
    });
  }

  async #remove(id: string): Promise<void> {
    const signInId = await this.#signInOf(id);
    if (signInId !== undefined) this.#removedSignIns.set(id, signInId);
    await this.#delete(id);
  }

  async #delete(id: string): Promise<void> {
    await withinKeychainLimit("delete", () => this.#secrets.delete(secretPrefix + id));
    this.#index.learnRemoved(id);
    await this.#index.heal();
  }

  /** What cannot be read can still be removed. */
  async #signInOf(id: string): Promise<string | undefined> {
    try {
      const stored = await this.#readSecret(id);
      return stored.status === "present" ? stored.account.signInId : undefined;
    } catch (error) {
      if (error instanceof KeychainError && error.kind === "failed") return undefined;
      throw error;
    }
  }

  /** Takes over what another window did to an account's entry. */
  async #follow(id: string): Promise<void> {
    await this.#changing(async () => {
      const stored = await this.#readSecret(id);
      if (stored.status === "missing") this.#index.learnDeleted(id);
      // Another window read the account before it was removed here, and wrote it back after that.
      else if (this.#wasRemoved(id, stored)) await this.#delete(id);
      else this.#learn(id, stored);
      await this.#index.heal();
    }).catch(() => {
      // The keychain failed; whoever reads the account next is told so.
    });
  }

  #wasRemoved(id: string, stored: StoredAccount): boolean {
    const removed = this.#removedSignIns.get(id);
    return (
      removed !== undefined && stored.status === "present" && stored.account.signInId === removed
    );
  }

  /** Where the keychain can be listed, an account that fell out of the list comes back into it. */
  async #addUnlisted(): Promise<void> {
    for (const id of (await this.#storedIds()) ?? []) {
      if (this.#index.isListed(id)) continue;
      const stored = await this.#readSecret(id);
      if (stored.status !== "missing" && !this.#wasRemoved(id, stored)) this.#learn(id, stored);
    }
  }

  #learn(id: string, stored: StoredAccount): void {
    if (stored.status === "present") this.#index.learn(stored.account);
    else if (!this.#index.isListed(id)) this.#index.learn({ id, label: id.slice(0, 8) });
  }

  async #storedIds(): Promise<readonly string[] | undefined> {
    const { keys } = this.#secrets;
    if (!keys) return undefined;
    const all = await withinKeychainLimit("read", () => keys.call(this.#secrets));
    return all
      .filter((key) => key.startsWith(secretPrefix))
      .map((key) => key.slice(secretPrefix.length));
  }

  async #look(id: string): Promise<StoredAccount> {
    const stored = await this.#readSecret(id);
    if (stored.status === "present") this.#index.learn(stored.account);
    if (stored.status === "missing") this.#index.learnMissing(id);
    return stored;
  }

  async #readSecret(id: string): Promise<StoredAccount> {
    return decodeAccount(
      id,
      await withinKeychainLimit("read", () => this.#secrets.get(secretPrefix + id)),
    );
  }

  async #writeSecret(account: Account): Promise<void> {
    const text = encodeAccount(account);
    await withinKeychainLimit("write", () => this.#secrets.store(secretPrefix + account.id, text));
    this.#index.learn(account);
  }

  async #changing(step: () => Promise<void>): Promise<void> {
    await this.#inTurn(step);
    for (const listener of this.#listeners) listener();
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(step, step);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
