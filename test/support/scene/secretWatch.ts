import type { Sandbox } from "../../sandbox/sandbox.ts";
import { everSeen, storedInPage, watchPage } from "../workbench/everSeen.ts";
import type { Scene } from "./scene.ts";
import { SecretSearch } from "./secretSearch.ts";
import { secretsOf } from "./sentSecrets.ts";

/** Watches a scene for secrets in all that a person or a file gets to see. */
export class SecretWatch {
  readonly #scene: Scene;
  readonly #sandboxes: readonly Sandbox[];
  /** Every secret there ever was, with what it is. */
  readonly #secrets = new Map<string, string>();
  readonly #consoleLines: string[] = [];
  readonly #copied: string[] = [];

  /** @param others what the person has to do with beside the scene's own sandbox */
  constructor(scene: Scene, others: readonly Sandbox[]) {
    this.#scene = scene;
    this.#sandboxes = [scene.sandbox, ...others];
    scene.workbench.page.on("console", (message) => this.#consoleLines.push(message.text()));
  }

  /** Looks at the page from now on; what was seen of it before goes with a reload. */
  watchPage(): Promise<void> {
    return watchPage(this.#scene.workbench.page);
  }

  /** Learns the secrets of now: a value that is regenerated later must not be found either. */
  remember(): void {
    for (const sandbox of this.#sandboxes) {
      for (const [name, secret] of secretsOf(sandbox)) this.#secrets.set(secret, name);
    }
  }

  /** Looks for made-up secrets, too, by their names, until what it gives back is called. */
  alsoLookFor(secrets: Readonly<Record<string, string>>): () => void {
    for (const [name, secret] of Object.entries(secrets)) this.#secrets.set(secret, name);
    return () => {
      for (const secret of Object.values(secrets)) this.#secrets.delete(secret);
    };
  }

  /** Keeps what is on the clipboard now for the search: something that is no secret. */
  async keepClipboard(): Promise<void> {
    this.#copied.push(await this.#scene.workbench.readClipboard());
  }

  /** Has a secret copied on purpose, and waits until the clipboard has lost it again. */
  async untilCleared(copy: () => Promise<void>): Promise<void> {
    const { workbench } = this.#scene;
    await workbench.writeClipboard("before");
    await copy();
    this.remember();
    // It is emptied only where it holds the very secret that was copied.
    await workbench.waitForClipboard("");
  }

  /** Looks for every secret in all that has been seen since the window is open. */
  async search(): Promise<SecretSearch> {
    const { workbench, home } = this.#scene;
    const found = new SecretSearch();
    this.remember();
    for (const [secret, name] of this.#secrets) found.lookFor(name, secret);
    found.searchText("the window", await everSeen(workbench.page));
    found.searchText("the profile", await storedInPage(workbench.page));
    found.searchText("the console", this.#consoleLines.join("\n"));
    await this.keepClipboard();
    found.searchText("the clipboard", this.#copied.join("\n"));
    found.searchFolder("VS Code's files", workbench.files);
    found.searchFolder("the home folder", home.path, [".ncloud/configure"]);
    return found;
  }
}
