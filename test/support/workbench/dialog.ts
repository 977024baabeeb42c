import type { Locator, Page } from "playwright-core";

export interface DialogContent {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** The modal dialog. */
export class Dialog {
  readonly #box: Locator;

  constructor(page: Page) {
    this.#box = page.locator(".monaco-dialog-box");
  }

  /** What the dialog says, once it is open. */
  async read(): Promise<DialogContent> {
    await this.#box.waitFor();
    const text = async (selector: string) =>
      (await this.#box.locator(selector).allTextContents()).join("").trim();
    return {
      message: await text(".dialog-message-text"),
      detail: await text(".dialog-message-detail"),
      buttons: await this.#box.locator(".dialog-buttons .monaco-button").allTextContents(),
    };
  }

  /** Presses a button and waits until this dialog is gone; another one may have taken its place. */
  async press(button: string): Promise<void> {
    await this.#box.waitFor();
    const dialog = await this.#box.elementHandle();
    await this.#box
      .locator(".dialog-buttons")
      .getByRole("button", { name: button, exact: true })
      .click();
    await dialog.waitForElementState("hidden");
  }
}
