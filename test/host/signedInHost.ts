import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { makeTempFolder } from "../support/leftovers.ts";
import { listenToMessages } from "./shownMessages.ts";

/** The variables that say where a home folder is. */
const homeVariables = ["HOME", "USERPROFILE"] as const;

/** One for all sign-ins: the extension looks once where the home folder is. */
let home: ReturnType<typeof makeTempFolder> | undefined;

/** Takes the first of what a command offers. */
export async function pressEnterUntil(command: Thenable<unknown>): Promise<void> {
  const pressed = () =>
    vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
  const isDone = command.then(() => true);
  // Enter, once the pick is open; before that it means nothing, and the test's time limit ends it.
  const tries = 10_000;
  for (let number = 0; !(await Promise.race([isDone, pressed()])); number++) {
    assert.ok(number < tries, "The command asks for something else than a choice.");
  }
}

/**
 * Imports the account of a sandbox into the activated extension, from a home folder that has no
 * other one. `signOut` leaves the extension as it was.
 */
export async function signInAtSandbox(): Promise<{
  readonly sandbox: Sandbox;
  readonly signOut: () => Promise<void>;
}> {
  const sandbox = await startSandbox();
  home ??= makeTempFolder("ncloud-keys-host-home-");
  mkdirSync(join(home.path, ".ncloud"), { recursive: true });
  writeFileSync(
    join(home.path, ".ncloud", "configure"),
    [
      "[DEFAULT]",
      `ncloud_access_key_id = ${sandbox.accessKeyId}`,
      `ncloud_secret_access_key = ${sandbox.secretKey}`,
      `ncloud_api_url = ${sandbox.origin}`,
    ].join("\n"),
  );
  const before = homeVariables.map((name) => process.env[name]);
  for (const name of homeVariables) process.env[name] = home.path;
  await pressEnterUntil(vscode.commands.executeCommand("ncloudKeys.importAccount"));
  homeVariables.forEach((name, index) => {
    if (before[index] === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before[index];
  });
  await sandbox.idle();
  assert.ok(sandbox.requests.length > 0, "Nobody was signed in.");
  return {
    sandbox,
    signOut: async () => {
      const messages = listenToMessages(([, confirm]) => confirm);
      await vscode.commands.executeCommand("ncloudKeys.removeAllCredentials");
      messages.stop();
      await sandbox.close();
    },
  };
}
