import type { Locator, Page } from "playwright-core";
import type { PageElement } from "./pageElement.ts";

function openMenu(page: Page): Locator {
  return page.locator(".monaco-menu").last();
}

/** Chooses an item of the menu that is open: with Enter, as a fresh menu is deaf to clicks. */
export async function chooseMenuItem(page: Page, item: string): Promise<void> {
  const menu = openMenu(page);
  await menu.getByRole("menuitem", { name: item, exact: true }).hover();
  await page.keyboard.press("Enter");
  await menu.waitFor({ state: "detached" });
}

/** Reads the items of the menu that is open, and closes it. */
export async function readMenuItems(page: Page): Promise<string[]> {
  const menu = openMenu(page);
  await menu.waitFor();
  const items = await menu
    .locator(".action-menu-item .action-label")
    .evaluateAll((labels: PageElement[]) => labels.map((label) => label.textContent ?? ""));
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  return items;
}
