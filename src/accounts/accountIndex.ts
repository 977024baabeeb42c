import type { Memento } from "vscode";
import { isRecord } from "../ncloud/decode.ts";
import type { AccountSummary } from "./account.ts";

const listKey = "ncloudKeys.accounts";
const activeKey = "ncloudKeys.activeAccount";

/**
 * The ids and labels of the accounts in `globalState`, and which of them is in use. Each window has
 * a copy of `globalState` and writes it as a whole, so any window may undo what another one wrote.
 * What this window learnt from the keychain is therefore remembered, and goes before the list.
 */
export class AccountIndex {
  readonly #state: Memento;
  /** The labels of accounts that are in the keychain; undefined for those that were removed. */
  readonly #learnt = new Map<string, string | undefined>();
  readonly #lost = new Set<string>();
  /** Chosen or shown in this window; what another window chooses must not change it. */
  #activeId: string | undefined;

  constructor(state: Memento) {
    this.#state = state;
  }

  get accounts(): readonly AccountSummary[] {
    const labels = new Map(this.#readList().map(({ id, label }) => [id, label]));
    for (const [id, label] of this.#learnt) {
      if (label === undefined) labels.delete(id);
      else labels.set(id, label);
    }
    return Array.from(labels, ([id, label]) => ({ id, label }));
  }

  /** The account in use: the one of this window, else the one chosen last anywhere, else the first. */
  activeOf(accounts: readonly AccountSummary[]): AccountSummary | undefined {
    const ids = [this.#activeId, this.#state.get<unknown>(activeKey)];
    const [active = accounts[0]] = ids.flatMap(
      (id) => accounts.find((item) => item.id === id) ?? [],
    );
    this.#activeId = active?.id;
    return active;
  }

  isListed(id: string): boolean {
    return this.accounts.some((account) => account.id === id);
  }

  /** The keychain has this account. What is learnt is written with the next `heal`. */
  learn({ id, label }: AccountSummary): void {
    this.#learnt.set(id, label);
  }

  learnRemoved(id: string): void {
    this.#learnt.set(id, undefined);
  }

  /** The keychain does not have an account that nobody is known to have removed: it stays listed. */
  learnMissing(id: string): void {
    if (!this.#learnt.has(id)) this.#lost.add(id);
  }

  /**
   * The keychain said that an account's entry changed, and has none. VS Code deletes an entry that
   * it cannot decrypt: one that was missing when it was first asked for was not removed by anyone.
   */
  learnDeleted(id: string): void {
    if (!this.#lost.has(id)) this.learnRemoved(id);
  }

  async activate(id: string): Promise<void> {
    this.#activeId = id;
    await this.#state.update(activeKey, id);
  }

  /** Writes the list as this window knows it, unless it is so already. */
  async heal(): Promise<void> {
    const { accounts } = this;
    const list = accounts.length > 0 ? accounts : undefined;
    await Promise.all([
      this.#write(listKey, list),
      // Without accounts there is nothing to remember the last choice for.
      list ? undefined : this.#write(activeKey, undefined),
    ]);
  }

  #write(key: string, value: unknown): PromiseLike<void> | undefined {
    const isStored = JSON.stringify(value) === JSON.stringify(this.#state.get<unknown>(key));
    return isStored ? undefined : this.#state.update(key, value);
  }

  /** The list as it is stored. What cannot be read of it heals from the keychain. */
  #readList(): readonly AccountSummary[] {
    const list = this.#state.get<unknown>(listKey);
    if (!Array.isArray(list)) return [];
    return list.flatMap((item: unknown) => {
      if (!isRecord(item)) return [];
      const { id, label } = item;
      return isText(id) && isText(label) ? { id, label } : [];
    });
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
