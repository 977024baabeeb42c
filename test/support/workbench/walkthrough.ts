import type { Locator, Page } from "playwright-core";
import type { PageElement } from "./pageElement.ts";
import { until } from "./until.ts";

export interface WalkthroughStep {
  readonly title: string;
  readonly isDone: boolean;
  /** Of the step that is open; empty for the others. */
  readonly buttons: readonly string[];
}

/** A walkthrough in the editor's "Welcome" page. */
export class Walkthrough {
  readonly #page: Page;
  readonly #details: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#details = page.locator(".gettingStartedSlideDetails");
  }

  async steps(): Promise<WalkthroughStep[]> {
    return await this.#details
      .locator(".getting-started-step")
      .evaluateAll((steps: PageElement[]) =>
        steps.map((step) => ({
          title: step.querySelector(".step-title")?.textContent ?? "",
          isDone: step.querySelector(".codicon.complete") !== null,
          buttons: step.classList.contains("expanded")
            ? [...step.querySelectorAll(".monaco-button")].map((button) => button.textContent ?? "")
            : [],
        })),
      );
  }

  async waitForSteps(
    wanted: string,
    accept: (steps: WalkthroughStep[]) => boolean,
  ): Promise<WalkthroughStep[]> {
    return await until(this.#page, wanted, () => this.steps(), accept);
  }

  async openStep(title: string, picture: string): Promise<void> {
    await this.#details.locator(".getting-started-step", { hasText: title }).click();
    await this.picture(picture).waitFor();
  }

  /** The picture beside the step that is open, by its id, in its frame within a frame. */
  picture(id: string): Locator {
    return this.#page
      .frameLocator("iframe.webview.ready")
      .frameLocator("#active-frame")
      .locator(`svg#${id}`);
  }

  async press(button: string): Promise<void> {
    await this.#details.getByRole("button", { name: button, exact: true }).click();
  }
}
