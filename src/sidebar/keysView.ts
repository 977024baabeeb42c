import { commands, window, type Disposable, type TreeView } from "vscode";
import { groupNames } from "../inventory/inventory.ts";
import { placeOfRow, type Row } from "../inventory/row.ts";
import type { Session, SessionState } from "../session/session.ts";
import { clockSentence } from "../ui/failureText.ts";
import { onDidChangeKeyAgeWarningDays } from "../ui/keyAgeSetting.ts";
import { plain } from "../ui/plainText.ts";
import { healthBadge } from "./keyHealthItem.ts";
import type { KeysTree } from "./keysTree.ts";

const viewId = "ncloudKeys.keys";

/** The sidebar: the tree, its title, and which welcome text it shows while it is empty. */
export class KeysView implements Disposable {
  readonly #tree: KeysTree;
  readonly #view: TreeView<Row>;
  readonly #ownTitle: string | undefined;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  readonly #done = new Set<string>();
  #clockSubscription: { dispose(): void } | undefined;

  constructor(session: Session, tree: KeysTree, view: TreeView<Row>) {
    this.#tree = tree;
    this.#view = view;
    this.#ownTitle = this.#view.title;
    this.#subscriptions = [
      this.#tree.onDidChangeTreeData(() => {
        this.#showBadge(session.state);
        if (hasReadGroup(session.state)) this.tellDone("keysLoaded");
      }),
      onDidChangeKeyAgeWarningDays(() => this.#tree.redraw()),
      session.onDidChange(() => this.#showSession(session.state)),
      // What a closed row showed is read anew when it is opened again.
      this.#view.onDidCollapseElement(({ element }) => {
        const place = placeOfRow(element);
        if (!place || place.kind === "group" || session.state.status !== "signedIn") return;
        session.state.inventory.close(place);
        // The editor keeps the rows of a closed row, too; it has to be told that they are stale.
        this.#tree.invalidate(element);
      }),
    ];
  }

  dispose(): void {
    this.#clockSubscription?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /**
   * The rows a command is about: those it was given, else those that are selected. Undefined when
   * it was given something that is no row of the tree.
   */
  rowsOf(args: readonly unknown[]): readonly Row[] | undefined {
    const [row, rows] = args;
    if (row === undefined) return this.#view.selection;
    const given = Array.isArray(rows) && rows.includes(row) ? (rows as readonly unknown[]) : [row];
    const shown = given.filter((value) => this.#tree.isShown(value));
    return shown.length === given.length ? shown : undefined;
  }

  /**
   * The rows the keyboard is on. An arrow key moves the focus only, and only the selection can be
   * asked for, so that it follows the focus here: by a command that, unlike those that select a row
   * as Enter does, neither opens nor closes the row, nor runs what it leads to.
   */
  async focusedRows(): Promise<readonly Row[]> {
    const before = this.#view.selection;
    if (before.length > 1) return before;
    await commands.executeCommand("list.toggleSelection");
    // The focused row was the selected one, and is no longer.
    if (this.#view.selection.length === 0) await commands.executeCommand("list.toggleSelection");
    const focused = this.#view.selection.find((row) => !before.includes(row));
    if (!focused || before.length === 0) return this.#view.selection;
    await this.#view.reveal(focused, { select: true, focus: true });
    return [focused];
  }

  /** Selects the row with this id, opening what it stands in. */
  async reveal(id: string): Promise<void> {
    const row = this.#tree.find(id);
    if (row) await this.#view.reveal(row, { select: true, focus: true });
  }

  /** Runs something under the view's own progress bar. */
  async whileBusy(run: () => Promise<void>): Promise<void> {
    await window.withProgress({ location: { viewId } }, run);
  }

  /** Lets the walkthrough tick what was reached; a command that ran may have been cancelled. */
  tellDone(step: "keysLoaded" | "keyInNsml"): void {
    if (this.#done.has(step)) return;
    this.#done.add(step);
    void commands.executeCommand("setContext", `ncloudKeys.${step}`, true);
  }

  #showSession(state: SessionState): void {
    const context = contextOf(state);
    void commands.executeCommand("setContext", "ncloudKeys.session", context);
    const title = titleOf(state) ?? this.#ownTitle;
    if (title !== undefined) this.#view.title = title;
    this.#clockSubscription?.dispose();
    this.#clockSubscription =
      state.status === "signedIn"
        ? state.inventory.client.onDidChangeClockSkew(() => this.#showClock(state))
        : undefined;
    this.#showClock(state);
    this.#showBadge(state);
  }

  /**
   * Says above the rows that reading them needed the server's clock. Without rows there must be no
   * message, or the editor does not show the welcome text.
   */
  #showClock(state: SessionState): void {
    const skew = state.status === "signedIn" ? state.inventory.client.clockSkew : 0;
    this.#view.message = skew === 0 ? "" : clockSentence(skew);
  }

  #showBadge(state: SessionState): void {
    const badge = healthBadge(state.status === "signedIn" ? state.inventory : undefined);
    // The editor draws a badge anew with each assignment.
    if (badge?.value !== this.#view.badge?.value) this.#view.badge = badge;
  }
}

function hasReadGroup(state: SessionState): boolean {
  return (
    state.status === "signedIn" &&
    groupNames.some((group) => state.inventory[group].state.status === "loaded")
  );
}

/**
 * With one account its name says nothing; with several it says whose keys these are. It is the
 * view's title, because a view that is alone in its container does not show its description.
 */
function titleOf(state: SessionState): string | undefined {
  if (state.status === "credentialsMissing") return state.account && plain(state.account.label);
  return state.status === "signedIn" && state.accountCount > 1
    ? plain(state.account.label)
    : undefined;
}

type SessionContext =
  | Exclude<SessionState["status"], "credentialsMissing">
  | "credentialsMissing"
  | "newerVersion"
  | "keychainFailed";

/** The value that the manifest's welcome texts and menus look at. */
function contextOf(state: SessionState): SessionContext {
  if (state.status !== "credentialsMissing") return state.status;
  switch (state.error.kind) {
    case "missing":
    case "unreadable":
      return "credentialsMissing";
    case "newerVersion":
      return "newerVersion";
    case "failed":
    case "timeout":
      return "keychainFailed";
  }
}
