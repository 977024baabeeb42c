import type { Uri } from "vscode";
import type { Session } from "../session/session.ts";
import { accountPrompts } from "../ui/accountPrompts.ts";
import { copyPlain } from "../ui/clipboard.ts";
import { openInBrowser, readPublicKey, sourceParts, sshDirectory } from "../ui/computer.ts";
import { healthPages } from "../ui/healthPanel.ts";
import { keyPrompts } from "../ui/keyPrompts.ts";
import type { Log } from "../ui/log.ts";
import { Messages } from "../ui/messages.ts";
import { signInPrompts } from "../ui/signInPrompts.ts";
import { createUploadPrompts } from "../ui/uploadPrompts.ts";
import { listPublicKeyFiles } from "../ssh/sshDirectory.ts";
import type { CommandId } from "./commandIds.ts";
import { runCommand } from "./runCommand.ts";
import type { RowView, Services } from "./services.ts";

interface Composed {
  readonly session: Session;
  readonly view: RowView;
  readonly log: Log;
  /** The remote connection the extension runs at the other end of. */
  readonly remoteName: string | undefined;
  /** Where the extension is installed. */
  readonly extensionUri: Uri;
}

/** Runs a command with the real prompts. This module and what it imports are loaded by the first command. */
export function runWithEditor(
  id: CommandId,
  { session, view, log, remoteName, extensionUri }: Composed,
  args: readonly unknown[],
): Promise<void> {
  const services: Services = {
    session,
    view,
    messages: new Messages(log),
    signInPrompts,
    accountPrompts,
    keyPrompts,
    uploadPrompts: createUploadPrompts(remoteName),
    copy: copyPlain,
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
