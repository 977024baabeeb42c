import type { Page } from "playwright-core";
import type { PageElement } from "./pageElement.ts";
import { matches, until, type TextMatch } from "./until.ts";

export interface Notification {
  readonly message: string;
  readonly severity: "info" | "warning" | "error";
  readonly buttons: readonly string[];
  /** Whether a toast shows less than the whole of it, as VS Code does without a button. */
  readonly isCut: boolean;
}

/** In a toast, or in the list that the bell opens. */
const item = ".notification-list-item:visible";
const bell = "[id='status.notifications'] a";
const toastLimitMs = 5_000;

/** The notifications in the corner of the window. */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Those on view: three toasts at most, or the whole list while it is open. */
  async list(): Promise<Notification[]> {
    return await this.#page.locator(item).evaluateAll((items: PageElement[]) =>
      items.map((item) => {
        const icon = item.querySelector(".notification-list-item-icon")?.classList;
        const severities = ["error", "warning"] as const;
        const buttons = item.querySelectorAll(
          ".notification-list-item-buttons-container .monaco-button",
        );
        const text = item.querySelector(".notification-list-item-message");
        return {
          message: text?.textContent?.trim() ?? "",
          isCut:
            item.closest(".notifications-toasts") !== null &&
            text !== null &&
            (text.scrollWidth > text.clientWidth || text.scrollHeight > text.clientHeight + 1),
          severity: severities.find((name) => icon?.contains(`codicon-${name}`)) ?? "info",
          buttons: [...buttons].map((button) => button.textContent?.trim() ?? ""),
        };
      }),
    );
  }

  /**
   * Waits until a notification has been shown. VS Code draws three toasts in 800 ms and puts what
   * comes in between, and what has been on view for long, behind the bell; there it is looked for last.
   *
   * @throws when a person cannot read the whole of it
   */
  async waitFor(message: TextMatch): Promise<Notification> {
    const isThere = (list: Notification[]) => list.some((shown) => matches(message, shown.message));
    const wanted = `A notification ${String(message)}`;
    const read = () => this.list();
    const shown = await until(this.#page, wanted, read, isThere, toastLimitMs).catch(async () => {
      await this.#openList();
      return await until(this.#page, wanted, read, isThere);
    });
    const found = shown.find((notification) => matches(message, notification.message))!;
    if (found.isCut) throw new Error(`Cut off for whoever reads it: ${found.message}`);
    return found;
  }

  /** Waits until nothing is under way any more that has a notification of its own. */
  async waitForNoProgress(): Promise<void> {
    const bars = this.#page.locator(item).locator(".monaco-progress-container.active");
    await until(
      this.#page,
      "No notification of something under way",
      () => bars.count(),
      (count) => count === 0,
    );
  }

  async waitForNone(message: TextMatch): Promise<void> {
    await until(
      this.#page,
      `No notification ${String(message)}`,
      () => this.list(),
      (list) => list.every((notification) => !matches(message, notification.message)),
    );
  }

  /** Presses a button of the notification with this message. */
  async press(message: TextMatch, button: string): Promise<void> {
    const shown = await this.waitFor(message);
    await this.#page
      .locator(item, { has: this.#page.getByText(shown.message, { exact: true }) })
      .getByRole("button", { name: button, exact: true })
      .click();
  }

  /** Dismisses all of them, so that what a test sees next is new. */
  async clear(): Promise<void> {
    await this.#openList();
    const list = this.#page.locator(".notifications-center");
    const clear = list.locator(".codicon-notifications-clear-all");
    // One that ends by itself just now leaves nothing to clear, and the list open.
    const close = async () => {
      if (!(await list.isVisible())) return true;
      if (await clear.isEnabled()) await clear.dispatchEvent("click");
      else await this.#clickBell();
      return !(await list.isVisible());
    };
    await until(this.#page, "The list of notifications closed", close, (isClosed) => isClosed);
  }

  async #openList(): Promise<void> {
    const list = this.#page.locator(".notifications-center");
    if (!(await list.isVisible())) await this.#clickBell();
    await list.waitFor();
  }

  /** The bell's own hover may lie over it, in the way of a mouse that comes from elsewhere. */
  async #clickBell(): Promise<void> {
    await this.#page.locator(bell).dispatchEvent("click");
  }
}
