import type { Locator, Page } from "playwright-core";
import type { PageElement } from "./pageElement.ts";
import { until } from "./until.ts";

export interface WelcomeContent {
  readonly texts: readonly string[];
  readonly buttons: readonly string[];
}

/** What our view shows in place of an empty tree. */
export class Welcome {
  readonly #page: Page;
  readonly #content: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#content = page.locator(".part.sidebar .welcome-view-content:visible");
  }

  /** Its paragraphs and buttons, once it is there. */
  async read(): Promise<WelcomeContent> {
    const [shown] = await until(
      this.#page,
      "A welcome view",
      () => this.#read(),
      ([shown]) => shown !== undefined && isOurs(shown),
    );
    return shown!;
  }

  async #read(): Promise<WelcomeContent[]> {
    return await this.#content.evaluateAll((contents: PageElement[]) =>
      contents.map((content) => {
        const texts = (selector: string) =>
          [...content.querySelectorAll(selector)].map((element) => element.textContent ?? "");
        return { texts: texts("p"), buttons: texts(".monaco-button") };
      }),
    );
  }

  async isShown(): Promise<boolean> {
    return await this.#content.isVisible();
  }

  /** Clicks a link within a sentence. */
  async follow(link: string): Promise<void> {
    await this.#content.locator("a", { hasText: link }).click();
  }

  async press(button: string): Promise<void> {
    await this.#content.getByRole("button", { name: button, exact: true }).click();
  }
}

/** Until the extension has registered its tree, VS Code shows a sentence of its own. */
function isOurs({ texts, buttons }: WelcomeContent): boolean {
  const isPlaceholder = texts.some((text) => text.includes("no data provider registered"));
  return texts.length + buttons.length > 0 && !isPlaceholder;
}
