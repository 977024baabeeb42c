import type { Locator, Page } from "playwright-core";

/** What our view shows in place of an empty tree. */
export class Welcome {
  readonly #content: Locator;

  constructor(page: Page) {
    this.#content = page.locator(".part.sidebar .welcome-view-content:visible");
  }

  /** Its paragraphs and buttons, once it is there. */
  async read(): Promise<{ texts: string[]; buttons: string[] }> {
    await this.#content.waitFor();
    return {
      texts: await this.#content.locator("p").allTextContents(),
      buttons: await this.#content.locator(".monaco-button").allTextContents(),
    };
  }

  async isShown(): Promise<boolean> {
    return await this.#content.isVisible();
  }

  async press(button: string): Promise<void> {
    await this.#content.getByRole("button", { name: button, exact: true }).click();
  }
}
