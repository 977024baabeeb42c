import type { Uri } from "vscode";
import type { Session } from "../session/session.ts";
import { accountPrompts } from "../ui/accountPrompts.ts";
import { copyPlain } from "../ui/clipboard.ts";
import { openInBrowser, readGivenKey, sourceParts, sshDirectory } from "../ui/computer.ts";
import { editorChangeDialogs } from "../ui/editorChangeDialogs.ts";
import { editorChangeReports } from "../ui/editorChangeReports.ts";
import { editorRotateDialogs } from "../ui/editorRotateDialogs.ts";
import { createGenerateMessages } from "../ui/generateMessages.ts";
import { generatePrompts } from "../ui/generatePrompts.ts";
import { exportPrompts } from "../ui/exportPrompts.ts";
import { findPrompts } from "../ui/findPrompts.ts";
import { HealthPanels } from "../ui/healthPanel.ts";
import { keyPrompts } from "../ui/keyPrompts.ts";
import type { Log } from "../ui/log.ts";
import { Messages } from "../ui/messages.ts";
import { SecretClipboard } from "../ui/secretClipboard.ts";
import { secretDialogs } from "../ui/secretDialogs.ts";
import { signInPrompts } from "../ui/signInPrompts.ts";
import { createUploadPrompts } from "../ui/uploadPrompts.ts";
import { listPublicKeyFiles, readPublicKeyFile } from "../ssh/sshDirectory.ts";
import { keyGenerator } from "../ssh/sshKeygen.ts";
import type { RowView, Services } from "./services.ts";

export interface Composed {
  readonly session: Session;
  readonly view: RowView;
  readonly log: Log;
  /** The remote connection the extension runs at the other end of. */
  readonly remoteName: string | undefined;
  /** What ends with the extension. */
  readonly subscriptions: { dispose(): unknown }[];
  /** Where the extension is installed. */
  readonly extensionUri: Uri;
}

/**
 * What commands work with in the editor, made once: a page that is open, and a secret that waits to
 * be cleared from the clipboard, are the same for all commands. This module and what it imports are
 * loaded by the first command.
 */
export function editorServices({
  session,
  view,
  log,
  remoteName,
  subscriptions,
  extensionUri,
}: Composed): Services {
  const clipboard = new SecretClipboard();
  subscriptions.push(clipboard);
  return {
    session,
    view,
    messages: new Messages(log),
    signInPrompts,
    accountPrompts,
    keyPrompts,
    findPrompts,
    exportPrompts,
    uploadPrompts: createUploadPrompts(remoteName),
    changeDialogs: editorChangeDialogs,
    changeReports: editorChangeReports,
    secretDialogs,
    rotateDialogs: editorRotateDialogs,
    keyGenerator,
    generatePrompts,
    generateMessages: createGenerateMessages(log),
    copy: copyPlain,
    copySecret: (secret, what, of) => clipboard.copy(secret, what, of),
    healthPages: new HealthPanels(extensionUri),
    computer: {
      sources: sourceParts(),
      sshDirectory,
      listPublicKeys: (directory) => listPublicKeyFiles(directory),
      readPublicKey: (path) => readPublicKeyFile(path),
      readGivenKey,
      openInBrowser,
      showLog: () => log.show(),
    },
  };
}
