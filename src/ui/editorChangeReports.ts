import { l10n, window } from "vscode";
import { countText } from "./age.ts";
import { ask } from "./ask.ts";
import type { ChangeReports, KeyResult, Uncertain } from "./changeDialogs.ts";
import { moreLine, mostNamed } from "./editorChangeDialogs.ts";
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
  uncertainAccessKey: (accessKeyId, outcome) => sayUncertain(accessKeyId, outcome),

  summary(action, results) {
    const [first] = results;
    if (!first) return;
    const done = results.filter(({ outcome }) => outcome.kind === "done").length;
    const left = results.filter(({ outcome }) => outcome.kind !== "done");
    const { title } = changeTexts[changeName(action, first.row)];
    const head = l10n.t(
      "{0}: {1} of {2} done.",
      title(),
      countText(done),
      countText(results.length),
    );
    if (left.length === 0) {
      void window.showInformationMessage(head);
      return;
    }
    const lines = left.slice(0, mostNamed).map(resultLine);
    const more = left.length > mostNamed ? [moreLine(left.length - mostNamed)] : [];
    void window.showWarningMessage([head, ...lines, ...more].join(" · "));
  },

  stopped() {
    status(l10n.t("Stopped; nothing was changed"));
  },

  edited(name) {
    status(l10n.t("Saved {0}", plain(name)));
  },

  restored(title) {
    status(l10n.t("“{0}” is back in NSML", plain(title)));
  },

  titleInUse(title) {
    void window.showWarningMessage(
      l10n.t("“{0}” was not put back: NSML has the key or its title again.", plainInMessage(title)),
    );
  },

  fileChanged(fileName) {
    void window.showWarningMessage(
      l10n.t(
        "{0} no longer holds the key that was deleted, so it was not put back.",
        plainInMessage(fileName),
      ),
    );
  },

  creationUncertain(error) {
    const happened = error ? [describeFailure(error).whatHappened] : [];
    const text = [l10n.t("It is not known whether the key was created."), ...happened];
    void window.showWarningMessage([...text, refreshFirst()].join(" "));
  },
};

function sayUncertain(key: string, outcome: Uncertain): void {
  const name = plainInMessage(key);
  const text =
    outcome.kind === "notSeen"
      ? l10n.t("NAVER Cloud took the change of {0} but does not show it yet.", name)
      : l10n.t(
          "It is not known whether {0} was changed. {1}",
          name,
          describeFailure(outcome.error).whatHappened,
        );
  void window.showWarningMessage(`${text} ${refreshFirst()}`);
}

function refreshFirst(): string {
  return l10n.t("Refresh the list before you try again.");
}

function resultLine({ row, outcome }: KeyResult): string {
  return `${plainInMessage(keyTitle(row))}: ${resultText(outcome)}`;
}

function resultText(outcome: KeyResult["outcome"]): string {
  switch (outcome.kind) {
    case "done":
      return l10n.t("done");
    case "notSeen":
      return l10n.t("taken, but not shown yet");
    case "unsettled":
      return l10n.t("not known; refresh the list");
    case "failed":
      return describeFailure(outcome.error).title;
    case "notTried":
      return l10n.t("not tried");
  }
}
