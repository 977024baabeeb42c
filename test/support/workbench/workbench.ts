import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { makeTempFolder } from "../leftovers.ts";
import { installBuiltExtension, installPackage } from "../vscode/extensionFiles.ts";
import { chosenHostName, findHost, type HostName } from "../vscode/hosts.ts";
import { startServer } from "../vscode/server.ts";
import type { Settings } from "../vscode/userData.ts";
import { readMenuItems } from "./contextMenu.ts";
import { Dialog } from "./dialog.ts";
import { Explorer } from "./explorer.ts";
import { Notifications } from "./notifications.ts";
import type { PageElement } from "./pageElement.ts";
import { openProfile } from "./profile.ts";
import { InputBox, QuickPick } from "./quickInput.ts";
import { readStoredState } from "./storedState.ts";
import { TreeView } from "./treeView.ts";
import { matches, until, type TextMatch } from "./until.ts";
import { Welcome } from "./welcome.ts";

export interface WorkbenchOptions {
  /** The host that VSCODE_HOST names, when undefined. */
  readonly host?: HostName;
  /** The home folder the extension sees; an empty one of its own when undefined. */
  readonly home?: string;
  /** The folder to open; an empty window when undefined. */
  readonly folder?: string;
  readonly locale?: string;
  /** Added to the environment the extension sees. */
  readonly env?: Readonly<Record<string, string>>;
  /** User settings, those of scope `application` among them. */
  readonly settings?: Settings;
  /** A package to install in place of the checkout's build. */
  readonly vsix?: string;
  /** Installs another extension into the folder of installed extensions. */
  readonly install?: (extensionsDir: string) => void;
}

const checkout = fileURLToPath(new URL("../../../../", import.meta.url));
/** Its themes, its icons of files, and the languages of what is exported. */
const builtinExtensions = ["theme-defaults", "theme-seti", "json", "markdown-basics"];
const viewIcon = ".activitybar .action-label[class*=workbench-view-extension-ncloudKeys]";

/**
 * A window of a real VS Code with the extension installed, as a person has it: no development host,
 * and nothing that turns dialogs or notifications off.
 */
export class Workbench {
  static readonly #open = new Set<Workbench>();

  readonly page: Page;
  readonly host: HostName;
  /** The home folder the extension sees. */
  readonly home: string;
  /** The folder of this VS Code's own files: its data, its logs, its temporary folder. */
  readonly files: string;
  readonly tree: TreeView;
  readonly quickPick: QuickPick;
  readonly inputBox: InputBox;
  readonly notifications: Notifications;
  readonly dialog: Dialog;
  readonly welcome: Welcome;
  readonly explorer: Explorer;
  readonly #end: () => Promise<void>;

  private constructor(
    page: Page,
    { host, home, files }: Pick<Workbench, "host" | "home" | "files">,
    end: () => Promise<void>,
  ) {
    this.page = page;
    this.host = host;
    this.home = home;
    this.files = files;
    this.tree = new TreeView(page);
    this.quickPick = new QuickPick(page);
    this.inputBox = new InputBox(page);
    this.notifications = new Notifications(page);
    this.dialog = new Dialog(page);
    this.welcome = new Welcome(page);
    this.explorer = new Explorer(page);
    this.#end = end;
    Workbench.#open.add(this);
  }

  /** The windows that are open now. */
  static get opened(): readonly Workbench[] {
    return [...Workbench.#open];
  }

  /** Starts a VS Code with a profile of its own and opens its window. */
  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const host = await findHost(options.host ?? chosenHostName());
    const extensions = makeTempFolder("ncloud-keys-extensions-");
    if (options.vsix === undefined) installBuiltExtension(checkout, extensions.path);
    else installPackage(host, options.vsix, extensions.path);
    options.install?.(extensions.path);
    // The server's own home stands beside its data, which is how the place of both is known.
    const { home, env, ...others } = options;
    const server = await startServer({
      ...others,
      host,
      extensionsDir: extensions.path,
      // What people install meets all that VS Code brings along.
      builtinExtensions: options.vsix === undefined ? builtinExtensions : undefined,
      env: { ...(home !== undefined && { HOME: home, USERPROFILE: home }), ...env },
    });
    const known = { host: host.name, home: home ?? server.home, files: dirname(server.home) };
    const end = async () => {
      await server.stop();
      extensions.remove();
    };
    try {
      return await Workbench.#openFirstWindow(server.origin, known, options.folder, end);
    } catch (error) {
      console.error(server.output());
      await end();
      throw error;
    }
  }

  static async #openFirstWindow(
    origin: string,
    known: Pick<Workbench, "host" | "home" | "files">,
    folder: string | undefined,
    end: () => Promise<void>,
  ): Promise<Workbench> {
    const profile = await openProfile(origin);
    const page = await profile.newPage();
    const workbench = new Workbench(page, known, async () => {
      await profile.close();
      await end();
    });
    const query = new URLSearchParams(folder === undefined ? { ew: "true" } : { folder });
    await page.goto(`${origin}/?${query.toString()}`);
    await workbench.#waitUntilReady();
    return workbench;
  }

  /**
   * Opens a second window of the same profile, in front of this one; one with a folder shows the
   * Explorer at first. Closing the first closes both.
   */
  async newWindow(folder?: string): Promise<Workbench> {
    const page = await this.page.context().newPage();
    const workbench = new Workbench(page, this, () => page.close());
    const url = new URL(this.page.url());
    if (folder !== undefined) url.search = new URLSearchParams({ folder }).toString();
    await page.goto(url.href);
    await workbench.#waitUntilReady();
    return workbench;
  }

  /**
   * Waits until the extension's `globalState` on disk is as wanted: before a reload, for what has
   * only just changed.
   */
  async waitForStoredState(
    wanted: string,
    accept: (state: Readonly<Record<string, unknown>>) => boolean,
  ): Promise<void> {
    await until(this.page, wanted, () => readStoredState(this.page), accept);
  }

  /** Restarts the window: a new extension host with the same profile. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#waitUntilReady();
  }

  /** Brings this window back to the front: one that is behind another is drawn once a second. */
  async activate(): Promise<void> {
    await this.page.bringToFront();
  }

  async close(): Promise<void> {
    Workbench.#open.delete(this);
    await this.#end();
  }

  /** Runs a command from the palette by the whole title it has there. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.quickPick.waitFor();
    await this.quickPick.type(`>${title}`);
    await this.quickPick.chooseByKeyboard(title);
  }

  /** What the palette offers for some typed text. */
  async commandsFor(text: string): Promise<string[]> {
    await this.page.keyboard.press("F1");
    await this.quickPick.waitFor();
    await this.quickPick.type(`>${text}`);
    const items = await this.quickPick.waitForItems("Commands", (items) => items.length > 0);
    await this.quickPick.cancel();
    return items.map((item) => item.label);
  }

  /** Shows our view. */
  async openView(): Promise<void> {
    const title = this.page.locator(".part.sidebar .composite.title", { hasText: "Ncloud Keys" });
    if (!(await title.isVisible())) await this.#viewIcon().click();
    await title.waitFor();
  }

  /** Takes the keyboard out of whatever has it: a page in an editor keeps keys to itself. */
  async focusView(): Promise<void> {
    await this.page.locator(".part.sidebar .composite.title .title-label").click();
  }

  /** What stands above the tree: the view's name, and its description after it. */
  async viewTitle(): Promise<string> {
    const title = this.page.locator(".part.sidebar .composite.title .title-label");
    return ((await title.textContent()) ?? "").trim();
  }

  async waitForViewTitle(title: TextMatch): Promise<string> {
    return await until(
      this.page,
      `The view title ${String(title)}`,
      () => this.viewTitle(),
      (shown) => matches(title, shown),
    );
  }

  /** Clicks one of the icons above the tree. */
  async clickViewAction(title: string): Promise<void> {
    const actions = this.page.locator(".part.sidebar .composite.title .title-actions");
    await actions.getByRole("button", { name: title, exact: true }).click();
  }

  /** What the menu above the tree offers. */
  async viewMenuItems(): Promise<string[]> {
    await this.page.locator(".part.sidebar .composite.title .codicon-toolbar-more").click();
    return await readMenuItems(this.page);
  }

  /** The texts in the status bar. */
  async statusBar(): Promise<string[]> {
    const items = await this.page
      .locator(".part.statusbar .statusbar-item")
      .evaluateAll((items: PageElement[]) => items.map((item) => item.textContent?.trim() ?? ""));
    return items.filter((text) => text !== "");
  }

  async waitForStatusBar(text: TextMatch): Promise<string> {
    const texts = await until(
      this.page,
      `${String(text)} in the status bar`,
      () => this.statusBar(),
      (texts) => texts.some((shown) => matches(text, shown)),
    );
    return texts.find((shown) => matches(text, shown))!;
  }

  async readClipboard(): Promise<string> {
    return await this.page.evaluate<string>("navigator.clipboard.readText()");
  }

  async writeClipboard(text: string): Promise<void> {
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  }

  async waitForClipboard(text: TextMatch): Promise<string> {
    return await until(
      this.page,
      `${String(text)} in the clipboard`,
      () => this.readClipboard(),
      (held) => matches(text, held),
    );
  }

  /** Presses keys as in `Control+C`; see Playwright's `keyboard.press`. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /**
   * Takes a picture of the window once nothing is under way: what is shown then is over in no time.
   * The mouse goes to the empty middle of the status bar first, so that no hover lies over a row.
   */
  async screenshot(name: string): Promise<string> {
    await this.notifications.waitForNoProgress();
    const { width, height } = this.page.viewportSize()!;
    await this.page.mouse.move(width / 2, height - 5);
    await this.page.locator(".workbench-hover-container").waitFor({ state: "hidden" });
    return this.screenshotNow(name);
  }

  /** Writes a picture of the window to `out/screenshots/HOST/NAME.png`. */
  async screenshotNow(name: string): Promise<string> {
    const folder = join(checkout, "out", "screenshots", this.host);
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path, animations: "disabled" });
    return path;
  }

  /** The extension is there when its icon is: VS Code draws itself before it has read any. */
  async #waitUntilReady(): Promise<void> {
    await this.#viewIcon().waitFor({ timeout: 60_000 });
  }

  #viewIcon(): Locator {
    return this.page.locator(viewIcon);
  }
}
