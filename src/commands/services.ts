import type { SourceParts } from "../accounts/accountSources.ts";
import type { Row } from "../inventory/row.ts";
import type { Session } from "../session/session.ts";
import type { ChangeDialogs, ChangeReports } from "../ui/changeDialogs.ts";
import type { copyPlain } from "../ui/clipboard.ts";
import type { GenerateMessages } from "../ui/generateMessages.ts";
import type { GeneratePrompts } from "../ui/generatePrompts.ts";
import type { ExportPrompts } from "../ui/exportPrompts.ts";
import type { FindPrompts } from "../ui/findPrompts.ts";
import type { HealthPages } from "../ui/healthPage.ts";
import type { Messages } from "../ui/messages.ts";
import type { AccountPrompts, KeyPrompts, SignInPrompts, UploadPrompts } from "../ui/prompts.ts";
import type { RotateDialogs } from "../ui/rotateDialogs.ts";
import type { SecretClipboard } from "../ui/secretClipboard.ts";
import type { SecretDialogs } from "../ui/secretDialogs.ts";
import type { KeyFile, LocalKeyListing } from "../ssh/sshDirectory.ts";
import type { KeyGenerator } from "../ssh/sshKeygen.ts";

/** The sidebar, as far as commands need it. */
export interface RowView {
  /** The rows among a command's arguments; undefined when something there is no row of the tree. */
  rowsOf(args: readonly unknown[]): readonly Row[] | undefined;
  focusedRows(): Promise<readonly Row[]>;
  reveal(id: string): Promise<void>;
  whileBusy(run: () => Promise<void>): Promise<void>;
  /** Lets the walkthrough tick a step. */
  tellDone(step: "keyInNsml"): void;
}

/** The computer the extension runs on. */
export interface Computer {
  readonly sources: SourceParts;
  /** The folder of the public keys: an absolute path, and how it is shown. */
  readonly sshDirectory: () => { readonly path: string; readonly shown: string };
  readonly listPublicKeys: (directory: string) => Promise<LocalKeyListing>;
  readonly readPublicKey: (path: string) => Promise<KeyFile>;
  /** Reads what a command was given, if it is a file that was dropped or a resource of the editor. */
  readonly readGivenKey: (given: unknown) => Promise<KeyFile | undefined>;
  readonly openInBrowser: (url: string) => Promise<void>;
  readonly showLog: () => void;
}

/** What commands work with. A command takes the part of it that it needs. */
export interface Services {
  readonly session: Session;
  readonly view: RowView;
  readonly computer: Computer;
  readonly messages: Pick<Messages, keyof Messages>;
  readonly signInPrompts: SignInPrompts;
  readonly accountPrompts: AccountPrompts;
  readonly keyPrompts: KeyPrompts;
  readonly findPrompts: FindPrompts;
  readonly exportPrompts: ExportPrompts;
  readonly uploadPrompts: UploadPrompts;
  readonly changeDialogs: ChangeDialogs;
  readonly changeReports: ChangeReports;
  readonly secretDialogs: SecretDialogs;
  readonly rotateDialogs: RotateDialogs;
  readonly keyGenerator: KeyGenerator;
  readonly generatePrompts: GeneratePrompts;
  readonly generateMessages: GenerateMessages;
  readonly copy: typeof copyPlain;
  readonly copySecret: SecretClipboard["copy"];
  readonly healthPages: HealthPages;
}
