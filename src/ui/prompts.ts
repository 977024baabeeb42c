import type { AccountSummary } from "../accounts/account.ts";
import type { AccountSource, FoundSources, SourcePlace } from "../accounts/accountSources.ts";
import type { Row } from "../inventory/row.ts";
import type { ApiKey, ApiKeyPage } from "../ncloud/apiGateway.ts";
import type { AuthKey } from "../ncloud/nsml.ts";
import type { NcloudError } from "../ncloud/ncloudError.ts";
import type { Secret } from "../ncloud/secret.ts";
import type { Zone } from "../ncloud/zone.ts";
import type { TitleProblem } from "../ssh/authKeyTitle.ts";
import type { PublicKey } from "../ssh/publicKey.ts";
import type { KeyFileProblem, LocalKeyFile } from "../ssh/sshDirectory.ts";
import type { KeyAction } from "./changeDialogs.ts";
import type { Copied } from "./clipboard.ts";

/** What a person answered to one question. */
export type Answer<T> =
  | { readonly kind: "given"; readonly value: T }
  /** `typed`: what stood in the box, unless it was masked. */
  | { readonly kind: "back"; readonly typed?: string }
  | { readonly kind: "cancelled" };

/** Where a question stands in a row of questions. */
export interface StepPosition {
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/** Asks NCP while a question waits; undefined when all is well. */
type Check<T> = (value: T, signal: AbortSignal) => Promise<NcloudError | undefined>;

export type NsmlApiKeyChoice =
  | { readonly kind: "skip" }
  | { readonly kind: "picked"; readonly apiKey: ApiKey }
  | { readonly kind: "pasted"; readonly value: Secret };

export interface SignInPrompts {
  /** How a zone is called. */
  nameOfZone(zone: Zone): string;
  askZone(position: StepPosition, initial: Zone | undefined): Promise<Answer<Zone>>;
  askAccessKeyId(position: StepPosition, initial: string): Promise<Answer<string>>;
  askSecretKey(position: StepPosition, check: Check<Secret>): Promise<Answer<Secret>>;
  /**
   * @param position absent when this is the only question
   * @param suggestedId the API key the cursor begins on
   */
  askNsmlApiKey(
    position: StepPosition | undefined,
    list: (signal: AbortSignal) => Promise<ApiKeyPage>,
    suggestedId?: string,
  ): Promise<Answer<NsmlApiKeyChoice>>;
}

export interface AccountPrompts {
  /** How an account that is imported from there is called until it is renamed. */
  nameOfSource(place: SourcePlace): string;
  chooseSource(found: FoundSources): Promise<AccountSource | undefined>;
  /** Whether requests may be signed for an origin that is neither NCP's nor this computer. */
  confirmOrigin(origin: string): Promise<boolean>;
  chooseAccount(
    purpose: "switch" | "rename" | "signOut",
    accounts: readonly AccountSummary[],
    active: AccountSummary | undefined,
  ): Promise<AccountSummary | undefined>;
  askLabel(account: AccountSummary, taken: ReadonlySet<string>): Promise<string | undefined>;
  confirmSignOut(account: AccountSummary): Promise<boolean>;
  confirmRemoveAll(accounts: readonly AccountSummary[]): Promise<boolean>;
  askSubAccountId(known: ReadonlySet<string>): Promise<string | undefined>;
}

/** What becomes of the keys that are chosen. */
export type KeyPurpose =
  | Copied
  | KeyAction
  | "edit"
  | "regenerate"
  | "createAccessKey"
  | "copyPrimary"
  | "copySecondary"
  | "rotate";

/** Rows that are read for a question. */
export interface RowSource {
  /** Reads them, and shows what is known whenever there is more of it. */
  readonly read: (show: (rows: readonly Row[]) => void) => Promise<void>;
  /** Reads the next pages, after which the rows are to be read again. */
  readonly loadMore?: () => Promise<void>;
}

export interface KeyPrompts {
  /**
   * Some of the rows that hold a key, or one where the purpose takes one only. Rows that say why
   * others are missing are shown and cannot be chosen.
   *
   * @param what given where it is not a key that is chosen, but whose it is
   */
  chooseRows(
    purpose: KeyPurpose,
    source: RowSource,
    what?: "subAccount",
  ): Promise<readonly Row[] | undefined>;
}

/** Where the public key to upload comes from. */
export type UploadSource =
  | { readonly kind: "file"; readonly file: LocalKeyFile }
  | { readonly kind: "browse" }
  | { readonly kind: "paste" }
  | { readonly kind: "generate" };

export interface UploadChoices {
  /** The folder that was read, as it is shown. */
  readonly directory: string;
  /** Why the folder could not be read. */
  readonly directoryProblem: KeyFileProblem | undefined;
  readonly files: readonly LocalKeyFile[];
  readonly authKeys: readonly AuthKey[];
}

export interface UploadPrompts {
  chooseSource(choices: Promise<UploadChoices>): Promise<UploadSource | undefined>;
  /** A file chosen in the editor's own dialog. */
  browse(directory: string): Promise<string | undefined>;
  /** A public key typed or pasted; what is wrong with it is said while it is there. */
  askPublicKey(parse: (text: string) => KeyFileProblem | undefined): Promise<string | undefined>;
  askTitle(
    key: PublicKey,
    suggestion: string,
    problemOf: (title: string) => TitleProblem | "taken" | undefined,
  ): Promise<string | undefined>;
  /** Shows what an RFC 4716 file becomes before it is used. */
  confirmConversion(key: PublicKey): Promise<boolean>;
}
