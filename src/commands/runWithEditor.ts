import type { Uri } from "vscode";
import type { Session } from "../session/session.ts";
import { accountPrompts } from "../ui/accountPrompts.ts";
import { copyPlain } from "../ui/clipboard.ts";
import { openInBrowser, readPublicKey, sourceParts, sshDirectory } from "../ui/computer.ts";
import { editorChangeDialogs } from "../ui/editorChangeDialogs.ts";
import { editorChangeReports } from "../ui/editorChangeReports.ts";
import { createGenerateMessages } from "../ui/generateMessages.ts";
import { generatePrompts } from "../ui/generatePrompts.ts";
import { exportPrompts } from "../ui/exportPrompts.ts";
import { findPrompts } from "../ui/findPrompts.ts";
import { healthPages } from "../ui/healthPanel.ts";
import { keyPrompts } from "../ui/keyPrompts.ts";
import type { Log } from "../ui/log.ts";
import { Messages } from "../ui/messages.ts";
import { rotateDialogs } from "../ui/rotateDialogs.ts";
import { SecretClipboard } from "../ui/secretClipboard.ts";
import { secretDialogs } from "../ui/secretDialogs.ts";
import { signInPrompts } from "../ui/signInPrompts.ts";
import { createUploadPrompts } from "../ui/uploadPrompts.ts";
import { listPublicKeyFiles } from "../ssh/sshDirectory.ts";
import { keyGenerator } from "../ssh/sshKeygen.ts";
import type { CommandId } from "./commandIds.ts";
import { runCommand } from "./runCommand.ts";
import type { RowView, Services } from "./services.ts";

interface Composed {
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

let secretClipboard: SecretClipboard | undefined;

/** One for all commands, so that a newer secret takes the place of the one that waits to be cleared. */
function clipboard(subscriptions: Composed["subscriptions"]): SecretClipboard {
  if (!secretClipboard) subscriptions.push((secretClipboard = new SecretClipboard()));
  return secretClipboard;
}

/** Runs a command with the real prompts. This module and what it imports are loaded by the first command. */
export function runWithEditor(
  id: CommandId,
  { session, view, log, remoteName, subscriptions, extensionUri }: Composed,
  args: readonly unknown[],
): Promise<void> {
  const services: Services = {
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
    rotateDialogs,
    keyGenerator,
    generatePrompts,
    generateMessages: createGenerateMessages(log),
    copy: copyPlain,
    copySecret: (secret, what) => clipboard(subscriptions).copy(secret, what),
    openHealthPage: healthPages(extensionUri),
    computer: {
      sources: sourceParts(),
      sshDirectory,
      listPublicKeys: (directory) => listPublicKeyFiles(directory),
      readPublicKey,
      openInBrowser,
      showLog: () => log.show(),
    },
  };
  return runCommand(id, services, args);
}
