import type { Account, AccountSummary } from "../accounts/account.ts";
import type { AccountStore } from "../accounts/accountStore.ts";
import { KeychainError } from "../accounts/keychainError.ts";
import { Inventory, type InventoryParts } from "../inventory/inventory.ts";
import { NcloudClient, type ClientParts, type Credentials } from "../ncloud/ncloudClient.ts";
import { isSameZone } from "../ncloud/zone.ts";

/** Who is signed in. */
export type SessionState =
  /** The keychain was not asked yet, or has not answered. */
  | { readonly status: "unknown" }
  | { readonly status: "signedOut" }
  /** There is an account, and its credentials could not be had. */
  | {
      readonly status: "credentialsMissing";
      readonly account: AccountSummary | undefined;
      readonly error: KeychainError;
    }
  | {
      readonly status: "signedIn";
      readonly account: Account;
      readonly inventory: Inventory;
      /** How many accounts this computer has. */
      readonly accountCount: number;
    };

export type SignedIn = SessionState & { readonly status: "signedIn" };

export interface SessionParts {
  readonly store: AccountStore;
  readonly client: ClientParts;
  readonly readLocalKeys: InventoryParts["readLocalKeys"];
}

/**
 * The active account and its inventory. It follows the store: whatever window signs in, switches
 * or signs out, the answers of the account before become void.
 */
export class Session {
  readonly store: AccountStore;
  readonly #parts: SessionParts;
  readonly #listeners = new Set<() => void>();
  readonly #subscription: { dispose(): unknown };
  #state: SessionState = { status: "unknown" };
  #reading: Promise<void> | undefined;
  #disposed = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.store = parts.store;
    this.#subscription = parts.store.onDidChange(() => {
      // Before the first look there is nothing that a change could make stale.
      if (this.#reading) void this.reopen();
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Whether this is the inventory in view, and not one of an account or of credentials before. */
  isCurrent(inventory: Inventory): boolean {
    return this.#state.status === "signedIn" && this.#state.inventory === inventory;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Asks the keychain for the active account unless that was done before. Never rejects. */
  async open(): Promise<SessionState> {
    await (this.#reading ?? this.reopen());
    return this.#state;
  }

  /** Asks the keychain again. The latest call wins. Never rejects. */
  reopen(): Promise<void> {
    const reading: Promise<void> = this.#read().then((state) => {
      if (this.#reading === reading && !this.#disposed) this.#become(state);
      return this.#reading === reading ? undefined : this.#reading;
    });
    this.#reading = reading;
    return reading;
  }

  /** A client for credentials that are not an account yet, or not the active one. */
  clientFor(credentials: Credentials): NcloudClient {
    return new NcloudClient(credentials, this.#parts.client);
  }

  /** An inventory that follows nobody; whoever asks for it disposes of it. */
  inventoryFor(account: Account): Inventory {
    return new Inventory({
      accountId: account.id,
      client: this.clientFor(account),
      subAccountIds: account.subAccountIds,
      readLocalKeys: this.#parts.readLocalKeys,
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#subscription.dispose();
    this.#listeners.clear();
    if (this.#state.status === "signedIn") this.#state.inventory.dispose();
  }

  async #read(): Promise<SessionState> {
    let account: AccountSummary | undefined;
    try {
      const { accounts, active } = await this.store.list();
      account = active;
      if (!account) return { status: "signedOut" };
      const stored = await this.store.read(account.id);
      if (stored.status !== "present") throw new KeychainError(stored.status, "read");
      return this.#signedIn(stored.account, accounts.length);
    } catch (cause) {
      const error =
        cause instanceof KeychainError ? cause : new KeychainError("failed", "read", cause);
      return { status: "credentialsMissing", account, error };
    }
  }

  /** An account that signs as before keeps its inventory, and with it the rows in view. */
  #signedIn(account: Account, accountCount: number): SessionState {
    const before = this.#state;
    const inventory =
      before.status === "signedIn" && isSameSigner(before.account, account)
        ? before.inventory
        : this.inventoryFor(account);
    return { status: "signedIn", account, inventory, accountCount };
  }

  #become(state: SessionState): void {
    const before = this.#state;
    const kept = state.status === "signedIn" ? state.inventory : undefined;
    if (before.status === "signedIn" && before.inventory !== kept) before.inventory.dispose();
    this.#state = state;
    if (state.status === "signedIn") {
      state.inventory.setSubAccountIds(state.account.subAccountIds);
    }
    for (const listener of this.#listeners) listener();
  }
}

function isSameSigner(a: Account, b: Account): boolean {
  return (
    a.id === b.id &&
    isSameZone(a.zone, b.zone) &&
    a.accessKeyId === b.accessKeyId &&
    a.secretKey.equals(b.secretKey) &&
    a.nsmlApiKey?.reveal() === b.nsmlApiKey?.reveal()
  );
}
