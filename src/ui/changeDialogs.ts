import type { ChangeOutcome } from "../changes/change.ts";
import type { AccessKeyRow, ApiKeyRow, AuthKeyRow } from "../inventory/row.ts";
import type { ApiKey, ApiKeyValueName, ApiKeyWords } from "../ncloud/apiGateway.ts";
import type { NcloudError } from "../ncloud/ncloudError.ts";

export type KeyRow = AuthKeyRow | ApiKeyRow | AccessKeyRow;

/** What becomes of a key as a whole. An API key is enabled and disabled, an access key activated. */
export type KeyAction = "delete" | "switchOn" | "switchOff";

/** What is done to keys: an action, or the undoing of a deletion. */
export type KeyChange = KeyAction | "restore";

/** A change after which something may not work any more. */
export type StoppingAction = Exclude<KeyAction, "switchOn">;

/** An account of this computer that works with a key, and for what. */
export interface KeyUse {
  readonly account: string;
  /** `maybeNsml`: it could not be read whether the account sends the key to NSML. */
  readonly as: "signing" | "nsml" | "maybeNsml";
}

/** A key that is about to be changed, and what depends on it here. */
export interface KeyAtStake {
  readonly row: KeyRow;
  readonly uses: readonly KeyUse[];
}

/** How the change of one key ended. */
export interface KeyResult {
  readonly row: KeyRow;
  readonly outcome:
    | ChangeOutcome<unknown>
    | { readonly kind: "failed"; readonly error: NcloudError }
    /** It was to be restored, and its file holds another key now, NSML has it, or gets it just now. */
    | { readonly kind: "fileChanged" | "titleInUse" | "underWay" }
    /** The person cancelled before it was sent. */
    | { readonly kind: "notTried" };
}

/** Tells how many of several changes are made. */
type Progress = (done: number) => void;

/** What is asked when keys are changed. */
export interface ChangeDialogs {
  /**
   * Names the keys and what will stop working; true when the person wants it.
   *
   * @param leftOut how many selected rows are of another kind, and stay as they are
   */
  confirm(action: StoppingAction, keys: readonly KeyAtStake[], leftOut: number): Promise<boolean>;
  /** Runs changes under a notification with a Cancel button. */
  whileChanging<T>(
    change: KeyChange,
    rows: readonly KeyRow[],
    run: (signal: AbortSignal, progress: Progress) => Promise<T>,
  ): Promise<T>;
  /** Runs the change of one access key that is part of something larger. */
  whileChangingAccessKey<T>(
    action: KeyAction,
    accessKeyId: string,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** @param name of the API key, or of the sub account that gets an access key */
  whileCreating<T>(
    kind: "apiKey" | "accessKey",
    name: string,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** Name and description of an API key, step by step; undefined when the person left. */
  askApiKeyWords(initial: ApiKeyWords | undefined): Promise<ApiKeyWords | undefined>;
  /** @param name of the API key, as it is to be */
  whileSaving<T>(name: string, run: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /**
   * Which value of an API key; one that an account of this computer sends to NSML is marked.
   *
   * @param likely the one the cursor is on at first
   */
  chooseValue(
    apiKey: ApiKey,
    usesOf: (which: ApiKeyValueName) => readonly KeyUse[],
    likely: ApiKeyValueName,
  ): Promise<ApiKeyValueName | undefined>;
  confirmRenewal(apiKey: ApiKey, which: ApiKeyValueName, uses: readonly KeyUse[]): Promise<boolean>;
  whileRenewing<T>(
    apiKey: ApiKey,
    which: ApiKeyValueName,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
}

/** What is said after keys were changed. */
export interface ChangeReports {
  /** One key was changed as it should be; true when the person wants it undone. */
  changed(change: KeyChange, row: KeyRow, undo: "canUndo" | "final"): Promise<boolean>;
  /** One key, and it is not certain that it was changed. */
  uncertain(row: KeyRow, outcome: Uncertain): void;
  /** An access key that was of no use is gone. */
  accessKeyDeleted(accessKeyId: string): void;
  /** One access key that is changed as part of something larger, and it is not certain that it was. */
  uncertainAccessKey(accessKeyId: string, outcome: Uncertain): void;
  /**
   * Several keys: what was done and what was not.
   *
   * @param unchanged those of them that needed no change
   * @param undoable how many of them can be undone
   * @returns whether these are to be undone
   */
  summary(
    change: KeyChange,
    results: readonly KeyResult[],
    of: { readonly unchanged: readonly KeyRow[]; readonly undoable: number },
  ): Promise<boolean>;
  stopped(): void;
  /** Another account is in view, whose keys the undo is not about. */
  notUndone(): void;
  edited(name: string): void;
  /** What was deleted cannot be put back, and why. */
  notRestored(result: KeyResult): void;
  creationUncertain(error: NcloudError | undefined): void;
  /** The keychain did not take the new value of an API key for these accounts. */
  notStoredForNsml(accounts: readonly string[]): void;
}

export type Uncertain = KeyResult["outcome"] & {
  readonly kind: "unread" | "notSeen" | "unsettled";
};
