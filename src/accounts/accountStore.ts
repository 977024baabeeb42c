import { randomUUID } from "node:crypto";
import type { Disposable, Memento } from "vscode";
import type { Account, AccountSummary, StoredAccount } from "./account.ts";
import { AccountEntries, type Secrets } from "./accountEntries.ts";
import { AccountIndex } from "./accountIndex.ts";
import { KeychainError } from "./keychainError.ts";
import { OwnChanges } from "./ownChanges.ts";

export interface AccountList {
  readonly accounts: readonly AccountSummary[];
  /** The account in use in this window: undefined only when there is none. */
  readonly active: AccountSummary | undefined;
}

/** An account of the list, with what the keychain holds of it. */
export interface KnownAccount extends AccountSummary {
  readonly isActive: boolean;
  readonly stored: StoredAccount;
}

/**
 * The accounts of this computer. Each account's credentials are one SecretStorage entry. The list
 * of ids and labels beside it in `globalState` is a cache that heals: another window may overwrite
 * it, and whatever the keychain still holds comes back.
 */
export class AccountStore implements Disposable {
  readonly #entries: AccountEntries;
  readonly #index: AccountIndex;
  readonly #listeners = new Set<() => void>();
  readonly #subscription: { dispose(): unknown };
  /** The sign-ins this window removed, by account. They must not come back. */
  readonly #removedSignIns = new Map<string, string>();
  readonly #ownChanges = new OwnChanges();
  /** Steps of one window follow each other, so that a step never works on a list another one is changing. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(secrets: Secrets, state: Memento) {
    this.#entries = new AccountEntries(secrets);
    this.#index = new AccountIndex(state);
    this.#subscription = this.#entries.onDidChange((id) => void this.#follow(id));
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
    return this.#changing(() => this.#save(account));
  }

  /**
   * Saves the account that `choose` makes of those there are. No other step of this window comes
   * between what it looks at and what is saved.
   *
   * @throws KeychainError; then nothing was changed
   */
  saveChosen(choose: (known: readonly KnownAccount[]) => Account): Promise<Account> {
    return this.#changing(async () => {
      await this.#addUnlisted();
      const { accounts } = this.#index;
      const active = this.#index.activeOf(accounts);
      const known: KnownAccount[] = [];
      for (const summary of accounts) {
        const isActive = summary.id === active?.id;
        known.push({ ...summary, isActive, stored: await this.#look(summary.id) });
      }
      const account = choose(known);
      await this.#save(account);
      return account;
    });
  }

  /** Changes what is stored of an account, which must be there. @throws KeychainError */
  update(id: string, change: (account: Account) => Account): Promise<void> {
    return this.#changing(async () => {
      const stored = await this.#look(id);
      if (stored.status !== "present") throw new KeychainError(stored.status);
      await this.#write(this.#ownChanges.make(stored.account, change, this.newId()));
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
   * keep the others, nor does a keychain that cannot say what else it has.
   *
   * @throws KeychainError for the first one that is still there, or may be
   */
  removeAll(): Promise<void> {
    return this.#changing(async () => {
      const failures: KeychainError[] = [];
      const note = (error: unknown): undefined => {
        // A keychain that does not answer would keep the person waiting for each of them.
        if (!(error instanceof KeychainError) || error.kind === "timeout") throw error;
        failures.push(error);
      };
      const listed = this.#index.accounts.map(({ id }) => id);
      for (const id of listed) await this.#remove(id).catch(note);
      const found = (await this.#entries.ids().catch(note)) ?? [];
      for (const id of found) if (!listed.includes(id)) await this.#remove(id).catch(note);
      if (failures[0]) throw failures[0];
    });
  }

  async #save(account: Account): Promise<void> {
    // A record of a later version is not ours to overwrite.
    const stored = await this.#entries.read(account.id);
    if (stored.status === "newerVersion") throw new KeychainError(stored.status);
    const { label, subAccountIds } = account;
    const signedIn = { ...account, signInId: this.newId(), revisions: [this.newId()] };
    const signIn = (before: Account): Account => {
      return { ...signedIn, label: before.label, subAccountIds: before.subAccountIds };
    };
    const revised =
      stored.status === "present"
        ? this.#ownChanges.make(stored.account, signIn, this.newId())
        : signedIn;
    await this.#write({ ...revised, label, subAccountIds });
    // In one step, so that no window takes over the one without the other.
    await Promise.all([this.#index.heal(), this.#index.activate(account.id)]);
  }

  async #remove(id: string): Promise<void> {
    const signInId = await this.#signInOf(id);
    if (signInId !== undefined) this.#removedSignIns.set(id, signInId);
    await this.#delete(id);
  }

  async #delete(id: string): Promise<void> {
    await this.#entries.delete(id);
    this.#index.learnRemoved(id);
    await this.#index.heal();
  }

  /** What cannot be read can still be removed. */
  async #signInOf(id: string): Promise<string | undefined> {
    try {
      const stored = await this.#entries.read(id);
      return stored.status === "present" ? stored.account.signInId : undefined;
    } catch (error) {
      if (error instanceof KeychainError && error.kind === "failed") return undefined;
      throw error;
    }
  }

  /** Takes over what another window did to an account's entry. */
  async #follow(id: string): Promise<void> {
    await this.#changing(async () => {
      const stored = await this.#entries.read(id);
      const restored = stored.status === "present" && this.#ownChanges.restore(stored.account);
      if (stored.status === "missing") this.#index.learnDeleted(id);
      // Another window read the account before it was removed here, and wrote it back after that.
      else if (this.#wasRemoved(id, stored)) await this.#delete(id);
      else if (restored) await this.#write(restored);
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
    for (const id of (await this.#entries.ids()) ?? []) {
      if (this.#index.isListed(id)) continue;
      const stored = await this.#entries.read(id);
      if (stored.status !== "missing" && !this.#wasRemoved(id, stored)) this.#learn(id, stored);
    }
  }

  #learn(id: string, stored: StoredAccount): void {
    if (stored.status === "present") this.#index.learn(stored.account);
    else if (!this.#index.isListed(id)) this.#index.learn({ id, label: id.slice(0, 8) });
  }

  async #look(id: string): Promise<StoredAccount> {
    const stored = await this.#entries.read(id);
    if (stored.status === "present") this.#index.learn(stored.account);
    if (stored.status === "missing") this.#index.learnMissing(id);
    return stored;
  }

  async #write(account: Account): Promise<void> {
    await this.#entries.write(account);
    this.#index.learn(account);
  }

  async #changing<T>(step: () => Promise<T>): Promise<T> {
    const result = await this.#inTurn(step);
    for (const listener of this.#listeners) listener();
    return result;
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(step, step);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
