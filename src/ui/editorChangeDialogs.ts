import { l10n } from "vscode";
import { longestApiKeyDescription, longestApiKeyName } from "../ncloud/apiGateway.ts";
import type { ChangeDialogs, KeyAtStake } from "./changeDialogs.ts";
import { countText } from "./age.ts";
import { confirmed } from "./ask.ts";
import { changeName, changeTexts, keyTitle, questionOf, useText } from "./keyTexts.ts";
import { plain, plainInPick } from "./plainText.ts";
import { withCancel } from "./progress.ts";
import type { Answer } from "./prompts.ts";
import { askPick, askText } from "./quickInput.ts";

/** Keys that are named in a dialog; the others are counted. */
const mostNamed = 40;
/** Keys that have a line of their own each: no screen is too low for that many. */
const mostLines = 20;

/** What is asked about changes, in the editor. */
export const editorChangeDialogs: ChangeDialogs = {
  async confirm(action, keys, leftOut) {
    const [first] = keys;
    if (!first) return false;
    const { ask, askMany, effect, button } = questionOf(action, first.row);
    const question = keys.length === 1 ? ask(keyTitle(first.row)) : askMany(countText(keys.length));
    return confirmed(question, detailOf(keys, effect(), leftOut), button());
  },

  async whileChanging(action, rows, run) {
    const [first] = rows;
    if (!first) return run(new AbortController().signal, () => undefined);
    const title = changeTexts[changeName(action, first)].doing(
      rows.length === 1 ? keyTitle(first) : l10n.t("{0} keys", countText(rows.length)),
    );
    return withCancel(title, (signal, report) =>
      run(signal, (done) => {
        if (rows.length === 1) return;
        const message = l10n.t("{0} of {1}", countText(done), countText(rows.length));
        report({ message, increment: 100 / rows.length });
      }),
    );
  },

  whileChangingAccessKey: (action, accessKeyId, run) =>
    withCancel(changeTexts[`${action}.accessKey`].doing(plain(accessKeyId)), run),

  whileCreating: (kind, name, run) =>
    withCancel(
      kind === "apiKey"
        ? l10n.t("Creating the API key {0}…", plain(name))
        : l10n.t("Creating an access key for {0}…", plain(name)),
      run,
    ),

  async askApiKeyWords(initial) {
    const title = initial ? l10n.t("Edit API Key") : l10n.t("Create API Key");
    let name = initial?.name ?? "";
    let description = initial?.description ?? "";
    for (;;) {
      const named = await askText({
        title,
        position: { step: 1, totalSteps: 2, canGoBack: false },
        initial: name,
        prompt: l10n.t("Name of the API key, 1 to {0} characters", longestApiKeyName),
        validate: (text) => lengthProblem(text.trim(), 1, longestApiKeyName),
      });
      if (named.kind !== "given") return undefined;
      name = named.value.trim();
      const described: Answer<string> = await askText({
        title,
        position: { step: 2, totalSteps: 2, canGoBack: true },
        initial: description,
        prompt: l10n.t(
          "Description, up to {0} characters; may stay empty",
          longestApiKeyDescription,
        ),
        validate: (text) => lengthProblem(text.trim(), 0, longestApiKeyDescription),
      });
      if (described.kind === "cancelled") return undefined;
      if (described.kind === "given") return { name, description: described.value.trim() };
      description = described.typed ?? description;
    }
  },

  whileSaving: (name, run) => withCancel(l10n.t("Saving the API key {0}…", plain(name)), run),

  async chooseValue(apiKey, usesOf, likely) {
    const answer = await askPick({
      title: l10n.t("Regenerate a Value of {0}", plain(apiKey.name)),
      placeholder: l10n.t("Which value is to be replaced by a new one?"),
      items: (["primary", "secondary"] as const).map((which) => ({
        label: `$(lock) ${valueTitle(which)}`,
        description: usesOf(which)
          .map(({ account }) => l10n.t("“{0}” sends it to NSML", plainInPick(account)))
          .join(" · "),
        value: which,
      })),
      active: (which) => which === likely,
    });
    return answer.kind === "given" ? answer.value : undefined;
  },

  confirmRenewal(apiKey, which, uses) {
    const consequences = uses.map(({ account }) =>
      l10n.t(
        "“{0}” sends this value to NSML; the new one is stored for it in the same step.",
        plain(account),
      ),
    );
    return confirmed(
      which === "primary"
        ? l10n.t("Regenerate the primary key of {0}?", plain(apiKey.name))
        : l10n.t("Regenerate the secondary key of {0}?", plain(apiKey.name)),
      [
        apiKey.isEnabled
          ? l10n.t(
              "Whatever sends the value of today is refused from then on. The other value stays as it is. This cannot be undone.",
            )
          : l10n.t(
              "The API key is disabled: neither value is accepted until it is enabled, and the value of today never again. The other value stays as it is. This cannot be undone.",
            ),
        ...consequences,
      ].join("\n\n"),
      l10n.t("Regenerate"),
    );
  },

  whileRenewing: ({ name }, which, run) =>
    withCancel(
      which === "primary"
        ? l10n.t("Regenerating the primary key of {0}…", plain(name))
        : l10n.t("Regenerating the secondary key of {0}…", plain(name)),
      run,
    ),
};

/** How a value of an API key is called. */
function valueTitle(which: "primary" | "secondary"): string {
  return which === "primary" ? l10n.t("Primary key") : l10n.t("Secondary key");
}

function lengthProblem(text: string, least: number, most: number): string | undefined {
  // NCP counts characters, which are not always UTF-16 units.
  const { length } = Array.from(text);
  if (length < least) return l10n.t("Type at least {0} characters.", least);
  return length > most ? l10n.t("At most {0} characters, {1} now.", most, length) : undefined;
}

function detailOf(keys: readonly KeyAtStake[], effect: string, leftOut: number): string {
  const isOnly = keys.length === 1;
  const uses = keys.flatMap((key) =>
    key.uses.map((use) => (isOnly ? useText(use) : `${keyTitle(key.row)}: ${useText(use)}`)),
  );
  return [
    ...(isOnly ? [] : [namesOf(keys)]),
    ...(leftOut > 0 ? [leftOutText(leftOut)] : []),
    effect,
    ...new Set(uses),
  ].join("\n\n");
}

function namesOf(keys: readonly KeyAtStake[]): string {
  const names = keys.slice(0, mostNamed).map(({ row }) => keyTitle(row));
  const more = keys.length > mostNamed ? [moreLine(keys.length - mostNamed)] : [];
  return keys.length > mostLines
    ? [...names, ...more].join(", ")
    : names.map((name) => `• ${name}`).join("\n");
}

function leftOutText(count: number): string {
  return count === 1
    ? l10n.t("1 more selected row is of another kind and stays as it is.")
    : l10n.t("{0} more selected rows are of another kind and stay as they are.", countText(count));
}

export function moreLine(count: number): string {
  return l10n.t("and {0} more", countText(count));
}
