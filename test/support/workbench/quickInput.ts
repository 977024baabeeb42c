import { inspect } from "node:util";
import type { Locator, Page } from "playwright-core";
import type { PageElement } from "./pageElement.ts";
import { matches, until, type TextMatch } from "./until.ts";

export interface QuickPickItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** The heading of the section that begins with this item; empty for the others. */
  readonly section: string;
  readonly focused: boolean;
}

interface QuickInputState {
  /** Without the step. */
  readonly title: string;
  /** As in `2/3`; empty when there is one step. */
  readonly step: string;
  readonly placeholder: string;
  readonly value: string;
  /** Whether what is typed is hidden. */
  readonly masked: boolean;
  /** The prompt, or what is wrong with the value. */
  readonly message: string;
  readonly severity: "none" | "info" | "warning" | "error";
  /** The titles of the buttons at the top. */
  readonly buttons: readonly string[];
}

interface QuickInputMatch {
  readonly title?: TextMatch;
  readonly step?: string;
  readonly placeholder?: TextMatch;
  readonly message?: TextMatch;
}

/** The box at the top of the window in which VS Code asks: what a pick and an input have in common. */
class QuickInput {
  protected readonly page: Page;
  protected readonly widget: Locator;
  readonly #input: Locator;
  readonly #hasList: boolean;

  /** @param hasList a box that follows another one may have its title, and still be another kind */
  constructor(page: Page, hasList: boolean) {
    this.page = page;
    this.#hasList = hasList;
    this.widget = page.locator(".quick-input-widget:visible");
    this.#input = this.widget.locator(".quick-input-box input");
  }

  /** What the box shows; undefined when it is closed, or of the other kind. */
  async read(): Promise<QuickInputState | undefined> {
    const [state] = await this.widget.evaluateAll((widgets: PageElement[], hasList: boolean) => {
      const list = ".quick-input-list:not([style*='display: none'])";
      const ofKind = widgets.filter((widget) => hasList === (widget.querySelector(list) !== null));
      return ofKind.map((widget): QuickInputState => {
        const text = (selector: string) =>
          widget.querySelector(selector)?.textContent?.trim() ?? "";
        const input = widget.querySelector(".quick-input-box input");
        const box = widget.querySelector(".quick-input-box .monaco-inputbox");
        const [, title = "", step = ""] =
          /^(.*?)(?:\s*\((\d+\/\d+)\))?$/.exec(text(".quick-input-title")) ?? [];
        const severities = ["info", "warning", "error"] as const;
        const buttons = widget.querySelectorAll(".quick-input-titlebar .action-label");
        return {
          title,
          step,
          placeholder: input?.getAttribute("placeholder") ?? "",
          value: (input as { value?: string } | null)?.value ?? "",
          masked: input?.getAttribute("type") === "password",
          message: text(".quick-input-message"),
          severity: severities.find((name) => box?.classList.contains(name)) ?? "none",
          buttons: [...buttons].map((button) => button.getAttribute("aria-label") ?? ""),
        };
      });
    }, this.#hasList);
    return state;
  }

  /** Waits until the box is open and shows this; the way to tell one step from the next. */
  async waitFor(match: QuickInputMatch = {}): Promise<QuickInputState> {
    const state = await until(
      this.page,
      `A quick input ${inspect(match)}`,
      () => this.read(),
      (state) => state !== undefined && isMatch(match, state),
    );
    return state!;
  }

  /** Replaces what is in the box. */
  async type(text: string): Promise<void> {
    await this.#input.fill(text);
  }

  /** Presses Enter. */
  async accept(): Promise<void> {
    await this.#input.press("Enter");
  }

  /** Presses Escape and waits until the box is closed. */
  async cancel(): Promise<void> {
    await this.#input.press("Escape");
    await this.waitUntilClosed();
  }

  async waitUntilClosed(): Promise<void> {
    await this.widget.waitFor({ state: "detached" });
  }

  /** Clicks a button at the top of the box, "Back" among them, by the start of its title. */
  async pressButton(title: string): Promise<void> {
    await this.widget
      .locator(`.action-label[aria-label^=${JSON.stringify(title)}]`)
      .first()
      .click();
  }
}

export class InputBox extends QuickInput {
  constructor(page: Page) {
    super(page, false);
  }
}

export class QuickPick extends QuickInput {
  constructor(page: Page) {
    super(page, true);
  }

  /** The items in sight, from top to bottom. */
  async items(): Promise<QuickPickItem[]> {
    return await this.#rows().evaluateAll((rows: PageElement[]) => {
      const place = (row: PageElement) => Number(row.getAttribute("data-index"));
      return rows
        .sort((a, b) => place(a) - place(b))
        .map((row) => {
          const text = (selector: string) => row.querySelector(selector)?.textContent?.trim() ?? "";
          return {
            label: text(".label-name"),
            description: text(".label-description"),
            detail: text(".quick-input-list-label-meta"),
            // A row that is used again keeps the heading of the one before, and hides it.
            section: text(".quick-input-list-separator:not([style*='display: none'])"),
            focused: row.classList.contains("focused"),
          };
        });
    });
  }

  async waitForItem(label: TextMatch): Promise<QuickPickItem> {
    const items = await this.waitForItems(`An item ${String(label)}`, (items) =>
      items.some((item) => matches(label, item.label)),
    );
    return items.find((item) => matches(label, item.label))!;
  }

  async waitForItems(
    wanted: string,
    accept: (items: QuickPickItem[]) => boolean,
  ): Promise<QuickPickItem[]> {
    return await until(this.page, wanted, () => this.items(), accept);
  }

  /** Clicks the item of this label, once it is there. In a pick of many this checks it. */
  async choose(label: TextMatch): Promise<void> {
    await (await this.#locate(label)).click();
  }

  /**
   * Goes to an item by the keyboard and presses Enter. While what was typed is still being looked
   * for, items move up and down, and a click meets the neighbour of the one it was meant for.
   */
  async chooseByKeyboard(label: string): Promise<void> {
    await this.waitForItem(label);
    const isUnderCursor = async () => {
      const focused = (await this.items()).find((item) => item.focused);
      if (focused?.label === label) return true;
      await this.page.keyboard.press("ArrowDown");
      return false;
    };
    await until(this.page, `The cursor on ${label}`, isUnderCursor, (isThere) => isThere);
    await this.accept();
  }

  /** Clicks a button of an item. */
  async pressItemButton(label: TextMatch, title: string): Promise<void> {
    const row = await this.#locate(label);
    await row.hover();
    await row.locator(`.action-label[aria-label=${JSON.stringify(title)}]`).click();
  }

  #rows(): Locator {
    return this.widget.locator(".quick-input-list .monaco-list-row");
  }

  async #locate(label: TextMatch): Promise<Locator> {
    const item = await this.waitForItem(label);
    const name = this.page.locator(".label-name").getByText(item.label, { exact: true });
    return this.#rows().filter({ has: name }).first();
  }
}

function isMatch(match: QuickInputMatch, state: QuickInputState): boolean {
  return (
    matches(match.title ?? /^/, state.title) &&
    matches(match.step ?? /^/, state.step) &&
    matches(match.placeholder ?? /^/, state.placeholder) &&
    matches(match.message ?? /^/, state.message)
  );
}
