import { authKeyOf } from "../../sandbox/state.ts";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../sandbox/sandbox.ts";
import { Workbench, type WorkbenchOptions } from "../workbench/workbench.ts";
import { makeHome, writeConfigure, type Home } from "./home.ts";
import { leaveWindow, takeWindow } from "./sharedWindow.ts";

/** A person at a computer of their own, with an account at an NCP of their own. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly home: Home;
  readonly workbench: Workbench;
  close(): Promise<void>;
}

export interface SceneOptions {
  readonly sandbox?: SandboxOptions;
  /**
   * What is special about the window: a scene that says nothing of it gets the one that a scene
   * before it has left, signed out and with an empty home folder.
   */
  readonly workbench?: Omit<WorkbenchOptions, "home">;
  /** Fills the home folder before the window opens. */
  readonly prepare?: (home: Home, sandbox: Sandbox) => void;
  /** The folder to open in the window. */
  readonly folderOf?: (home: Home) => string;
}

/** Opens a window in front of our view, with an account ready to be imported. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const sandbox = await startSandbox({
    apiKeys: 3,
    subAccounts: 2,
    authKeys: 2,
    seed: "scene",
    ...options.sandbox,
  });
  const { workbench: special, folderOf, prepare } = options;
  const shared = special || folderOf ? undefined : await takeWindow();
  const home = shared?.home ?? makeHome();
  writeConfigure(home, sandbox);
  prepare?.(home, sandbox);
  sandbox.history.restart();
  const folder = folderOf && { folder: folderOf(home) };
  const workbench =
    shared?.workbench ?? (await Workbench.open({ ...special, ...folder, home: home.path }));
  await workbench.openView();
  return {
    sandbox,
    home,
    workbench,
    async close() {
      if (shared) await leaveWindow(shared);
      else {
        await workbench.close();
        home.remove();
      }
      await sandbox.close();
    },
  };
}

/** The two clicks that import the account of `~/.ncloud/configure`. */
export async function importAccount({ workbench }: Pick<Scene, "workbench">): Promise<void> {
  await workbench.welcome.press("Import Account…");
  await workbench.quickPick.choose(/default/i);
  await workbench.tree.waitForRow(/^API Keys \d/);
}

/** Goes from the row that asks for it to the account's first API key. */
export async function chooseApiKeyForNsml({ workbench }: Pick<Scene, "workbench">): Promise<void> {
  await workbench.tree.clickRow(/Needs an API key/);
  await workbench.quickPick.choose("ml-training");
  await workbench.tree.waitForRows("NSML asked and answered", (rows) =>
    rows.some(({ text, description }) =>
      /^(NSML Auth Keys \d|Not available)/.test(`${text} ${description}`),
    ),
  );
}

/** Opens a window of somebody who has imported the account and chosen the API key for NSML. */
export async function openSignedInScene(options: SceneOptions = {}): Promise<Scene> {
  const scene = await openScene(options);
  await importAccount(scene);
  await chooseApiKeyForNsml(scene);
  return scene;
}

/** How the tree shows an access key's ID, with what follows it. */
export function accessKeyRow(accessKeyId: string): RegExp {
  const own = accessKeyId.replace(/^ncp_iam_/, "");
  return new RegExp(`^${own.slice(0, 4)}…${own.slice(-4)} `);
}

/** Registers a public key in the sandbox as if it had been uploaded `days` ago. */
export function registerKey(sandbox: Sandbox, title: string, line: string, days: number): void {
  const blob = Buffer.from(line.split(" ")[1] ?? "", "base64");
  sandbox.state.authKeys.unshift(authKeyOf(title, blob, Date.now() - days * 86_400_000));
}
