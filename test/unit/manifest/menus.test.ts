import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface MenuItem {
  readonly command: string;
  readonly when: string;
  readonly group?: string;
}

const file = fileURLToPath(new URL("../../../../package.json", import.meta.url));
const { contributes } = JSON.parse(readFileSync(file, "utf8")) as {
  contributes: { menus: Readonly<Record<string, readonly MenuItem[]>> };
};
const itemsOf = (menu: string): readonly MenuItem[] => contributes.menus[menu] ?? [];
const ofOneRow = " && !listMultiSelection";
const keyOf = ({ command, when }: MenuItem) => `${command} when ${when.replace(ofOneRow, "")}`;
const isIcon = ({ group = "" }: MenuItem) => /^(inline|navigation)/.test(group);

const ofOneKey =
  /\.(create|copyPrimary|copySecondary|edit|regenerate|rotate).*Key$|useApiKeyForNsml$/;

describe("An action that takes one key", () => {
  it("is in no row's menu while several are selected, as if it were about all of them", () => {
    const items = itemsOf("view/item/context").filter(
      (item) =>
        ofOneKey.test(item.command) && !isIcon(item) && !item.when.includes("viewItem == group."),
    );
    assert.equal(items.length, 11);
    assert.deepEqual(
      items.filter(({ when }) => !when.endsWith(ofOneRow)),
      [],
    );
  });
});

describe("An action that is an icon", () => {
  it("is in the row's menu too, for who has no mouse to find it with", () => {
    const items = itemsOf("view/item/context");
    const inMenu = new Set(items.filter((item) => !isIcon(item)).map(keyOf));
    const icons = items.filter(isIcon).map(keyOf);
    assert.ok(icons.length > 0);
    assert.deepEqual(
      icons.filter((icon) => !inMenu.has(icon)),
      [],
    );
  });

  it("is in the palette too, when it stands above the view or the editor", () => {
    const hidden = new Set(itemsOf("commandPalette").map(({ command }) => command));
    const icons = [...itemsOf("view/title"), ...itemsOf("editor/title")].filter(isIcon);
    assert.ok(icons.length > 0);
    assert.deepEqual(
      icons.filter(({ command }) => hidden.has(command)),
      [],
    );
  });
});
