import type { Page } from "playwright-core";
import { chooseMenuItem } from "./contextMenu.ts";

/** The editor's own Explorer. */
export class Explorer {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens the context menu of a file in the open folder and chooses an item. */
  async contextMenu(fileName: string, item: string): Promise<void> {
    await this.#page.keyboard.press("Control+Shift+E");
    const row = this.#page
      .locator(".explorer-folders-view .monaco-list-row")
      .filter({ has: this.#page.getByText(fileName, { exact: true }) });
    await row.click({ button: "right" });
    await chooseMenuItem(this.#page, item);
  }
}
