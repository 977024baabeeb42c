import type { Locator, Page } from "playwright-core";
import { chooseMenuItem, readMenuItems } from "./contextMenu.ts";
import type { PageElement } from "./pageElement.ts";
import { matches, until, type TextMatch } from "./until.ts";

export interface TreeRow {
  /** The name the row shows. */
  readonly text: string;
  /** The grey text after it; empty when there is none. */
  readonly description: string;
  /** What a screen reader says. */
  readonly label: string;
  /** 1 for the root's children. */
  readonly level: number;
  /** Undefined for a row that cannot be expanded. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
  /** Its place from the top of the tree. */
  readonly index: number;
}

/**
 * The tree of our view. A row is named by its text, or by a pattern for `text description`. VS Code
 * draws the rows that are in sight and no others.
 */
export class TreeView {
  readonly #page: Page;
  readonly #list: Locator;
  readonly #message: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#message = page.locator(".part.sidebar .tree-explorer-viewlet-tree-view > .message");
    this.#list = page.locator(".part.sidebar .customview-tree .monaco-list");
  }

  /** The rows in sight, from top to bottom. */
  async rows(): Promise<TreeRow[]> {
    return await this.#list.locator("[role=treeitem]").evaluateAll((elements: PageElement[]) => {
      const rows = elements.map((element) => {
        const text = (selector: string) =>
          element.querySelector(selector)?.textContent?.trim() ?? "";
        const expanded = element.getAttribute("aria-expanded");
        return {
          text: text(".label-name"),
          description: text(".label-description"),
          label: element.getAttribute("aria-label")?.trim() ?? "",
          level: Number(element.getAttribute("aria-level")),
          expanded: expanded === null ? undefined : expanded === "true",
          selected: element.getAttribute("aria-selected") === "true",
          index: Number(element.getAttribute("data-index")),
        };
      });
      // The page keeps recycled rows in the order they were made.
      return rows.sort((a, b) => a.index - b.index);
    });
  }

  /** Waits for rows as a whole, such as "three groups, none of them loading". */
  async waitForRows(wanted: string, accept: (rows: TreeRow[]) => boolean): Promise<TreeRow[]> {
    return await until(this.#page, wanted, () => this.rows(), accept);
  }

  async waitForRow(match: TextMatch): Promise<TreeRow> {
    const rows = await this.waitForRows(`A row ${String(match)}`, (rows) =>
      rows.some((row) => isMatch(match, row)),
    );
    return rows.find((row) => isMatch(match, row))!;
  }

  async waitForNoRow(match: TextMatch): Promise<void> {
    await this.waitForRows(`No row ${String(match)}`, (rows) =>
      rows.every((row) => !isMatch(match, row)),
    );
  }

  /** Waits for the text above the rows; an empty one stands for none. */
  async waitForMessage(match: TextMatch): Promise<void> {
    await until(
      this.#page,
      `The message ${String(match)}`,
      async () => ((await this.#message.isVisible()) ? this.#message.innerText() : ""),
      (text) => matches(match, text.trim()),
    );
  }

  async expandRow(match: TextMatch): Promise<void> {
    await this.#setExpanded(match, true);
  }

  async collapseRow(match: TextMatch): Promise<void> {
    await this.#setExpanded(match, false);
  }

  /** Clicks a row that does something when it is clicked, and may be gone then. */
  async clickRow(match: TextMatch): Promise<void> {
    await (await this.#locate(match)).locator(".label-name").click();
  }

  /** Selects a row by a click; with `add`, together with those that are selected. */
  async selectRow(match: TextMatch, { add = false } = {}): Promise<void> {
    const row = await this.#locate(match);
    await row.locator(".label-name").click({ modifiers: add ? ["ControlOrMeta"] : [] });
    await this.waitForRows(`Row ${String(match)} selected`, (rows) =>
      rows.some((row) => isMatch(match, row) && row.selected),
    );
  }

  /** Clicks one of the icons that a row shows under the mouse. */
  async clickInlineAction(match: TextMatch, title: string): Promise<void> {
    const row = await this.#locate(match);
    await row.hover();
    // VS Code appends the key binding of a command that has one.
    const icon = row.locator(`.actions .action-label[aria-label^=${JSON.stringify(title)}]`);
    await icon.click();
  }

  /** The titles of a row's icons. */
  async inlineActions(match: TextMatch): Promise<string[]> {
    const row = await this.#locate(match);
    return await row
      .locator(".actions .action-label")
      .evaluateAll((icons: PageElement[]) =>
        icons.map((icon) => icon.getAttribute("aria-label") ?? ""),
      );
  }

  /** Opens a row's context menu and chooses an item. */
  async contextMenu(match: TextMatch, item: string): Promise<void> {
    await (await this.#locate(match)).locator(".label-name").click({ button: "right" });
    await chooseMenuItem(this.#page, item);
  }

  /** What a row's context menu offers. */
  async contextMenuItems(match: TextMatch): Promise<string[]> {
    await (await this.#locate(match)).locator(".label-name").click({ button: "right" });
    return await readMenuItems(this.#page);
  }

  /** The text a row shows under the resting mouse, which VS Code asks the extension for. */
  async tooltip(match: TextMatch): Promise<string> {
    await (await this.#locate(match)).locator(".label-name").hover();
    const hover = this.#page.locator(".workbench-hover-container .hover-contents").last();
    await hover.waitFor();
    return await until(
      this.#page,
      `The hover of ${String(match)}`,
      async () => (await hover.innerText()).trim(),
      (text) => text !== "Loading...",
    );
  }

  /** Drops files on the tree, as from the desktop's file manager. */
  async drop(files: readonly { readonly name: string; readonly text: string }[]): Promise<void> {
    const list = ".part.sidebar .customview-tree .monaco-list .monaco-scrollable-element";
    await this.#page.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      for (const { name, text } of ${JSON.stringify(files)})
        dataTransfer.items.add(new File([text], name));
      const tree = document.querySelector(${JSON.stringify(list)});
      const { left, top } = tree.getBoundingClientRect();
      const at = { clientX: left + 40, clientY: top + 10, bubbles: true, cancelable: true };
      for (const type of ["dragenter", "dragover", "drop"])
        tree.dispatchEvent(new DragEvent(type, { ...at, dataTransfer }));
    })()`);
  }

  /** Gives the tree the keyboard. */
  async focus(): Promise<void> {
    await this.#list.focus();
  }

  /** Opens the tree's own find box and types into it. */
  async find(text: string): Promise<void> {
    await this.#page.keyboard.press("Control+Alt+f");
    await this.#page.locator(".monaco-tree-type-filter input").fill(text);
  }

  /** Waits until the tree itself has the keyboard, and not a box in it. */
  async waitForKeyboard(): Promise<void> {
    await this.#page.locator(".part.sidebar .customview-tree .monaco-list:focus").waitFor();
  }

  /** Waits until the keys go to a row, selected or not. */
  async waitForFocus(text: string): Promise<void> {
    const name = this.#page.locator(".label-name").getByText(text, { exact: true });
    await this.#list.locator("[role=treeitem].focused").filter({ has: name }).waitFor();
  }

  /** Moves the keyboard by arrow keys, which select nothing, from where it is to a row. */
  async moveFocusTo(text: string): Promise<void> {
    const rows = await this.rows();
    const focused = this.#list.locator("[role=treeitem].focused");
    const from = Number(await focused.getAttribute("data-index"));
    const to = rows.find((row) => row.text === text)?.index ?? from;
    const key = to > from ? "ArrowDown" : "ArrowUp";
    for (let left = Math.abs(to - from); left > 0; left--) await this.#page.keyboard.press(key);
    await this.waitForFocus(text);
  }

  /** Waits until these rows are selected and no others. */
  async waitForSelection(texts: readonly string[]): Promise<void> {
    await this.waitForRows(`Selected: ${texts.join(", ")}`, (rows) => {
      const selected = rows.filter((row) => row.selected).map((row) => row.text);
      return selected.join("\n") === texts.join("\n");
    });
  }

  async #setExpanded(match: TextMatch, expanded: boolean): Promise<void> {
    const row = await this.waitForRow(match);
    if (row.expanded !== expanded) {
      await (await this.#locate(match)).locator(".monaco-tl-twistie").click();
    }
    await this.waitForRows(`Row ${String(match)} ${expanded ? "expanded" : "collapsed"}`, (rows) =>
      rows.some((row) => isMatch(match, row) && row.expanded === expanded),
    );
  }

  /** Finds the row anew for every step, since rows that are being loaded move the others. */
  async #locate(match: TextMatch): Promise<Locator> {
    const { text, description } = await this.waitForRow(match);
    const name = this.#page.locator(".label-name").getByText(text, { exact: true });
    return this.#list
      .locator("[role=treeitem]")
      .filter({ has: name, hasText: description })
      .first();
  }
}

function isMatch(match: TextMatch, row: TreeRow): boolean {
  if (typeof match === "string") return row.text === match;
  return matches(match, `${row.text} ${row.description}`.trim());
}
