import { l10n, window, workspace } from "vscode";
import { markdownText } from "../report/markdownReport.ts";
import { countText } from "./age.ts";
import { ask, say, showers } from "./ask.ts";
import type { ChangeReports, KeyResult, Uncertain } from "./changeDialogs.ts";
import { moreLine } from "./editorChangeDialogs.ts";
import { describeFailure } from "./failureText.ts";
import { changeName, changeTexts, keyTitle } from "./keyTexts.ts";
import { plain, plainInMessage } from "./plainText.ts";
import { status } from "./status.ts";

/** What is said after changes, in the editor. */
export const editorChangeReports: ChangeReports = {
  async changed(action, row, undo) {
    const text = plainInMessage(changeTexts[changeName(action, row)].done(keyTitle(row)));
    if (undo === "canUndo") return ask("information", text, l10n.t("Undo"));
    status(plain(text));
    return false;
  },

  uncertain: (row, outcome) => sayUncertain(keyTitle(row), outcome),
  accessKeyDeleted: (id) => status(changeTexts["delete.accessKey"].done(plain(id))),
  uncertainAccessKey: (accessKeyId, outcome) => sayUncertain(accessKeyId, outcome),

  async summary(action, results, { unchanged, undoable }) {
    const [first] = results;
    if (!first) return false;
    const left = results.filter(({ outcome }) => outcome.kind !== "done");
    const isUnchanged = ({ row }: KeyResult) => unchanged.includes(row);
    const textOf = (result: KeyResult) =>
      isUnchanged(result) ? l10n.t("No change needed") : resultText(result);
    const named = [...left, ...results.filter(isUnchanged)];
    const done = results.length - named.length;
    const { doneOf } = changeTexts[changeName(action, first.row)];
    const head = doneOf(countText(done), countText(results.length));
    const show = showers[left.length === 0 ? "information" : "warning"];
    const undo =
      undoable === done
        ? l10n.t("Undo")
        : l10n.t("Undo {0} of {1}", countText(undoable), countText(done));
    const details = l10n.t("Show Details");
    for (;;) {
      const text = [head, ...reasonLines(named, textOf)].join(" ");
      const answer = await show(text, ...(undoable > 0 ? [undo] : []), details);
      if (answer !== details) return answer === undo;
      await openDetails(head, results, textOf);
      // The details answer no question: what can be undone is offered still.
      if (undoable === 0) return false;
    }
  },

  stopped() {
    status(l10n.t("Stopped; nothing was changed"));
  },

  notUndone() {
    say(
      "warning",
      l10n.t("Not undone: the account in view is not the one any more, or was signed in anew."),
    );
  },

  edited(name) {
    status(l10n.t("Saved {0}", plain(name)));
  },

  notRestored: (result) => say("warning", reasonLines([result]).join(" ")),

  creationUncertain(error) {
    const happened = error ? [describeFailure(error).whatHappened] : [];
    const text = [l10n.t("It is not known whether the key was created."), ...happened];
    say("warning", [...text, refreshFirst()].join(" "));
  },

  notStoredForNsml(accounts) {
    say(
      "warning",
      l10n.t(
        "The new value could not be stored for {0}, which still sends the old one to NSML in vain. Choose the API key for NSML anew there.",
        plainInMessage(accounts.map((label) => `“${label}”`).join(", ")),
      ),
    );
  },
};

function sayUncertain(key: string, outcome: Uncertain): void {
  const name = plainInMessage(key);
  say("warning", `${uncertainText(name, outcome)} ${refreshFirst()}`);
}

function uncertainText(name: string, outcome: Uncertain): string {
  if (outcome.kind === "notSeen") {
    return l10n.t("NAVER Cloud took the change of {0} but does not show it yet.", name);
  }
  const { whatHappened } = describeFailure(outcome.error);
  return outcome.kind === "unread"
    ? l10n.t("{0} was changed, but could not be read again. {1}", name, whatHappened)
    : l10n.t("It is not known whether {0} was changed. {1}", name, whatHappened);
}

function refreshFirst(): string {
  return l10n.t("Refresh the list before you try again.");
}

/** Keys that a message names for each reason; the others are counted, and stand in the details. */
const mostNamed = 3;

/** Why keys were not changed, and which: a sentence for each reason. */
function reasonLines(left: readonly KeyResult[], reasonOf = resultText): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const result of left) {
    const reason = reasonOf(result);
    byReason.set(reason, [...(byReason.get(reason) ?? []), plainInMessage(keyTitle(result.row))]);
  }
  return [...byReason].map(([reason, names]) => {
    const more = names.length > mostNamed ? [moreLine(names.length - mostNamed)] : [];
    return `${reason}: ${[...names.slice(0, mostNamed), ...more].join(", ")}.`;
  });
}

/** Every key with what became of it, in an editor. */
async function openDetails(
  head: string,
  results: readonly KeyResult[],
  textOf: typeof resultText,
): Promise<void> {
  const lines = results.map(
    (result) => `- ${markdownText(keyTitle(result.row))}: ${textOf(result)}`,
  );
  const content = [`# ${head}`, "", ...lines, ""].join("\n");
  const document = await workspace.openTextDocument({ language: "markdown", content });
  await window.showTextDocument(document);
}

function resultText({ outcome }: KeyResult): string {
  switch (outcome.kind) {
    case "done":
      return l10n.t("Done");
    case "unread":
      return l10n.t("Done, but not read again");
    case "notSeen":
      return l10n.t("Taken, but not shown yet");
    case "unsettled":
      return l10n.t("Not known whether it was changed");
    case "failed":
      return describeFailure(outcome.error).title;
    case "notTried":
      return l10n.t("Not tried");
    case "fileChanged":
      return l10n.t("Not put back, as its file holds another key now");
    case "titleInUse":
      return l10n.t("Not put back, as NSML has the key or its title again");
    case "underWay":
      return l10n.t("Being uploaded already");
  }
}
