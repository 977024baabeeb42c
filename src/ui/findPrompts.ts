import { l10n, window, type QuickPick } from "vscode";
import { say } from "./ask.ts";
import type { KeyRecord } from "../inventory/keyRecord.ts";
import { isHit, KeySearch } from "../inventory/keySearch.ts";
import { rowIdOfRecord } from "../inventory/rowOfRecord.ts";
import type { ReportGap } from "../report/inventoryReport.ts";
import { countText } from "./age.ts";
import { gapText, isUsual } from "./gapText.ts";
import { hitItem, type HitItem } from "./hitItem.ts";
import { plainInPick } from "./plainText.ts";

/** Where the keys go as they come, and what could not be read. */
export interface FindSink {
  add(records: readonly KeyRecord[]): void;
  miss(gap: ReportGap): void;
}

export interface FindPrompts {
  /**
   * One of the keys that are collected while the person types.
   *
   * @param collect its signal is aborted when the person chooses or leaves
   */
  chooseKey(
    collect: (sink: FindSink, signal: AbortSignal) => Promise<void>,
    copyId: (record: KeyRecord) => Promise<void>,
  ): Promise<KeyRecord | undefined>;
  /** The key that was chosen has no row: it is gone, or its list cannot be read. */
  notInView(): void;
}

export const findPrompts: FindPrompts = {
  chooseKey: (collect, copyId) =>
    new Promise((resolve, reject) => {
      const pick = new FindPick(copyId, resolve);
      pick.follow(collect).catch((error: unknown) => {
        pick.close();
        reject(error instanceof Error ? error : new TypeError(String(error)));
      });
    }),

  notInView() {
    say(
      "warning",
      l10n.t("This key is not in the list any more, or the list cannot be read. Refresh the view."),
    );
  },
};

/** The window takes hundreds of items at once without a delay that could be felt, and not thousands. */
const mostShown = 200;
/** Milliseconds. Pages may come by the dozen; each of them alone would have the list drawn anew. */
const betweenArrivals = 100;

class FindPick {
  readonly #pick: QuickPick<HitItem>;
  readonly #search = new KeySearch();
  readonly #gaps: ReportGap[] = [];
  readonly #leaving = new AbortController();
  #arrival: NodeJS.Timeout | undefined;
  #isComplete = false;

  constructor(
    copyId: (record: KeyRecord) => Promise<void>,
    finish: (record: KeyRecord | undefined) => void,
  ) {
    const pick = window.createQuickPick<HitItem>();
    this.#pick = pick;
    pick.placeholder = l10n.t("Name, ID, fingerprint, login ID or file name");
    // Leaving the window to look something up must not lose what was typed.
    pick.ignoreFocusOut = true;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.busy = true;
    pick.onDidChangeValue(() => this.#show());
    pick.onDidTriggerItemButton(({ item }) => {
      if (item.record) void copyId(item.record);
    });
    pick.onDidAccept(() => {
      const record = this.#accepted();
      if (!record) return;
      finish(record);
      this.close();
    });
    pick.onDidHide(() => {
      finish(undefined);
      this.close();
    });
    this.#show();
    pick.show();
  }

  async follow(collect: (sink: FindSink, signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.#leaving;
    const sink: FindSink = {
      add: (records) => {
        this.#search.add(records);
        this.#arrival ??= setTimeout(() => this.#arrived(), betweenArrivals);
      },
      miss: (gap) => this.#gaps.push(gap),
    };
    try {
      await collect(sink, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    this.#isComplete = true;
    this.#pick.busy = false;
    this.#arrived();
  }

  close(): void {
    this.#leaving.abort();
    clearTimeout(this.#arrival);
    this.#pick.dispose();
  }

  /** Enter may come before the window has the hits of the last letter. */
  #accepted(): KeyRecord | undefined {
    const [item] = this.#pick.selectedItems;
    const { value } = this.#pick;
    if (!item?.record || isHit(item.record, value)) return item?.record;
    return this.#search.find(value, 1).records[0];
  }

  /** What the cursor is on stays under it, whatever comes in above. */
  #arrived(): void {
    clearTimeout(this.#arrival);
    this.#arrival = undefined;
    if (this.#leaving.signal.aborted) return;
    const [before] = this.#pick.activeItems;
    this.#pick.keepScrollPosition = true;
    this.#show();
    const id = before?.record && keyOf(before.record);
    const same = this.#pick.items.find(({ record }) => record && keyOf(record) === id);
    if (same) this.#pick.activeItems = [same];
    this.#pick.keepScrollPosition = false;
  }

  #show(): void {
    const { records, total } = this.#search.find(this.#pick.value, mostShown);
    this.#pick.title = this.#title(records.length, total);
    this.#pick.items = [...records.map(hitItem), ...this.#notes(total)];
  }

  #title(shown: number, total: number): string {
    const parts = [l10n.t("Find Key")];
    if (total > shown) parts.push(l10n.t("{0} of {1}", countText(shown), countText(total)));
    if (!this.#gaps.every(isUsual)) parts.push(l10n.t("not everything could be read"));
    return parts.join(" · ");
  }

  /** What there is to say beside the hits; the editor keeps it below them. */
  #notes(total: number): readonly HitItem[] {
    return [
      ...(total === 0 ? [note(this.#emptyText())] : []),
      ...this.#gaps.map((gap) => note({ icon: "warning", text: gapText(gap) })),
    ];
  }

  #emptyText(): Note {
    if (!this.#isComplete) {
      return { icon: "loading~spin", text: l10n.t("Reading the keys of the account…") };
    }
    if (this.#search.size > 0)
      return { icon: "search-stop", text: l10n.t("No key has this in it") };
    if (this.#gaps.length > 0) return { icon: "search-stop", text: l10n.t("No key could be read") };
    return { icon: "info", text: l10n.t("This account has no key yet") };
  }
}

/** Unique within an account. */
function keyOf(record: KeyRecord): string {
  return rowIdOfRecord("", record);
}

interface Note {
  readonly icon: string;
  readonly text: string;
}

function note({ icon, text }: Note): HitItem {
  return { label: `$(${icon}) ${plainInPick(text)}`, alwaysShow: true };
}
