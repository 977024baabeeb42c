import { l10n, ThemeColor, ThemeIcon, type TreeItem, type ViewBadge } from "vscode";
import type { Inventory } from "../inventory/inventory.ts";
import type { Row } from "../inventory/row.ts";
import { healthOf, healthOfKey, type KeyHealth } from "../report/keyHealth.ts";
import { keyOfRow } from "../report/keyOfRow.ts";
import { loadedKeys } from "../report/loadedKeys.ts";
import { countText } from "../ui/age.ts";
import { findingText, findingWord } from "../ui/findingText.ts";
import { keyAgeWarningDays } from "../ui/keyAgeSetting.ts";

function healthOptions() {
  return { now: Date.now(), warningDays: keyAgeWarningDays() };
}

function healthOfRow(row: Row): KeyHealth | undefined {
  const key = keyOfRow(row);
  return key && healthOfKey(key, healthOptions());
}

/** Marks the row of a key that needs care: in words, and by its icon's colour besides. */
export function markHealth(item: TreeItem, row: Row): TreeItem {
  const health = healthOfRow(row);
  if (!health?.needsCare) return item;
  const care = health.findings.filter(({ severity }) => severity === "care");
  const words = care.map(findingWord).filter((word) => word !== undefined);
  // First, because what comes last is cut off in a narrow sidebar.
  item.description = [...words, item.description].join(" · ");
  if (item.iconPath instanceof ThemeIcon) {
    item.iconPath = new ThemeIcon(item.iconPath.id, new ThemeColor("list.warningForeground"));
  }
  const label = item.accessibilityInformation?.label ?? "";
  item.accessibilityInformation = { label: [label, ...care.map(findingText)].join(", ") };
  return item;
}

/** Everything that was found of a row's key, for its hover. */
export function findingsText(row: Row): string | undefined {
  const findings = healthOfRow(row)?.findings ?? [];
  return findings.length === 0 ? undefined : findings.map(findingText).join("; ");
}

/** How many of the keys that were read need care; no badge where none does. Sends nothing. */
export function healthBadge(inventory: Inventory | undefined): ViewBadge | undefined {
  if (!inventory) return undefined;
  const health = healthOf(loadedKeys(inventory), healthOptions());
  const value = health.filter(({ needsCare }) => needsCare).length;
  if (value === 0) return undefined;
  return {
    value,
    tooltip:
      value === 1
        ? l10n.t("1 key in view needs care")
        : l10n.t("{0} keys in view need care", countText(value)),
  };
}
