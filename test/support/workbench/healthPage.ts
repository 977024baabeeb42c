import type { Frame, Locator, Page } from "playwright-core";
import type { PageElement } from "./pageElement.ts";
import { until } from "./until.ts";

export interface HealthRow {
  readonly name: string;
  readonly kind: string;
  readonly owner: string;
  readonly age: string;
  readonly state: string;
  readonly findings: readonly string[];
  readonly action: string;
}

/** The page of key health, in the frame within a frame where the editor keeps it. */
export class HealthPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get #content() {
    return this.#page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  /** Something on the page. */
  locator(selector: string): Locator {
    return this.#content.locator(selector);
  }

  button(name: string | RegExp): Locator {
    return this.#content.getByRole("button", { name, exact: true });
  }

  /** Waits until everything is read, and gives the headline. */
  async waitForReport(): Promise<string> {
    await this.locator(".headline:not(:empty)").waitFor();
    await this.locator(".reading").waitFor({ state: "hidden" });
    return (await this.locator(".headline").innerText()).trim();
  }

  async rows(): Promise<HealthRow[]> {
    return await this.locator("tbody tr").evaluateAll((rows: PageElement[]) =>
      rows.map((row) => {
        const cells = [...row.querySelectorAll("th, td")];
        const text = (element: PageElement | null | undefined) => element?.textContent ?? "";
        return {
          name: text(row.querySelector(".name")),
          kind: text(cells[1]),
          owner: text(cells[2]),
          age: text(cells[3]),
          state: text(cells[4]),
          findings: [...row.querySelectorAll(".findings li")].map(text),
          action: text(cells[6]),
        };
      }),
    );
  }

  async waitForRows(wanted: string, accept: (rows: HealthRow[]) => boolean): Promise<HealthRow[]> {
    return await until(this.#page, wanted, () => this.rows(), accept);
  }

  /** How each column is sorted, by its title. */
  async sorting(): Promise<Readonly<Record<string, string | null>>> {
    return await this.locator("thead th[aria-sort]").evaluateAll((heads: PageElement[]) =>
      Object.fromEntries(
        heads.map((head) => [
          (head.textContent ?? "").replace(/[↑↓]/, ""),
          head.getAttribute("aria-sort"),
        ]),
      ),
    );
  }

  /** What a screen reader says of the element that has the keyboard. */
  async focused(): Promise<string> {
    return await this.locator(":focus").evaluate(
      (element: PageElement) => element.getAttribute("aria-label") ?? element.textContent ?? "",
    );
  }

  /** The frame itself, to run a program in. */
  async frame(): Promise<Frame> {
    const handle = await this.locator("body").elementHandle();
    const frame = await handle.ownerFrame();
    if (!frame) throw new Error("The page has no frame.");
    return frame;
  }

  /** Resolves when no such page is open. */
  async waitUntilClosed(): Promise<void> {
    await this.#page.locator("iframe.webview").waitFor({ state: "detached" });
  }
}
