import type { Account } from "./account.ts";

interface OwnChange {
  /** What the record was before the change. */
  readonly base: string;
  /** What it became by the change. */
  readonly revision: string;
  readonly change: (account: Account) => Account;
}

/** How many revisions a record names, and how many changes of each account are remembered. */
const mostRevisions = 16;

/**
 * The changes this window made. A keychain entry is written as a whole, so a window that read it
 * before a change and writes it after that undoes the change, a new secret key among them. Each
 * record names the revisions it comes from: one that comes from before a change, and not from the
 * change, has lost it.
 */
export class OwnChanges {
  readonly #made = new Map<string, readonly OwnChange[]>();

  /** Makes a change, under a revision of its own, and remembers it. */
  make(account: Account, change: OwnChange["change"], revision: string): Account {
    const base = account.revisions?.at(-1);
    if (base !== undefined) {
      const made = [...(this.#made.get(account.id) ?? []), { base, revision, change }];
      this.#made.set(account.id, made.slice(-mostRevisions));
    }
    return asRevision(change(account), account, revision);
  }

  /** The record with the changes it has lost; undefined when it has lost none. */
  restore(account: Account): Account | undefined {
    let restored = account;
    for (const { base, revision, change } of this.#made.get(account.id) ?? []) {
      const { revisions = [] } = restored;
      if (revisions.includes(revision) || !revisions.includes(base)) continue;
      restored = asRevision(change(restored), restored, revision);
    }
    return restored === account ? undefined : restored;
  }
}

function asRevision(changed: Account, before: Account, revision: string): Account {
  const revisions = [...(before.revisions ?? []), revision].slice(-mostRevisions);
  return { ...changed, revisions };
}
