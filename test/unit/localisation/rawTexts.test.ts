import assert from "node:assert/strict";
import { hiddenTranslationsIn } from "./localisedTexts.ts";
import { rawTextsIn } from "./rawTexts.ts";
import { parse } from "./sources.ts";

function found(code: string): readonly string[] {
  return rawTextsIn(parse("sample.ts", code)).map(({ text }) => text);
}

describe("the search for texts that are not translated", () => {
  it("finds words wherever they stand", () => {
    const code = [
      'ask("warning", "nothing was found", button);',
      'status("Done");',
      "const line = `as ${name}`;",
      'const line = "업로드";',
      'const names = { idle: "Not yet" };',
      'status(l10n.t("{0} failed.", "the upload"));',
    ];
    assert.deepEqual(
      code.map((one) => found(one)),
      [["nothing was found"], ["Done"], ["as {}"], ["업로드"], ["Not yet"], ["the upload"]],
    );
  });

  it("finds a single word where it is shown", () => {
    const code = [
      'item.description = old ? "disabled" : "";',
      'const item = { label: `$(check) ${name}: ` + "ok" };',
      'const item = { tooltip: ["new", age].join(" ") };',
      'const title = name ?? "unnamed";',
      'new TreeItem("loading");',
      'window.showErrorMessage(("failed"));',
      'function stateOf(): string | undefined { return "active"; }',
      'const texts = { idle: () => "waiting" };',
    ];
    assert.deepEqual(
      code.map((one) => found(one)),
      [
        ["disabled"],
        ["ok"],
        ["new"],
        ["unnamed"],
        ["loading"],
        ["failed"],
        ["active"],
        ["waiting"],
      ],
    );
  });

  it("passes by what is translated, and what is for the program", () => {
    const code = `
      import { window } from "the editor";
      type Kind = "Group Row" | "Key Row";
      const text = l10n.t("{0} failed. {1}", name, l10n.t("Try again."));
      const label = \`$(\${icon}) \${name}\`;
      item.contextValue = "authKey";
      item.description = shown.join(" · ");
      item.label = kind === "Group Row" ? a : record["Group Row"];
      function kindOf(): Kind { return \`group\`; }
      void commands.executeCommand("setContext", "ncloudKeys.session", "signedIn");
    `;
    assert.deepEqual(found(code), []);
  });

  it("finds the translation under another name", () => {
    const code = [
      'import { l10n as texts } from "vscode";',
      "const { t } = l10n;",
      "const translate = l10n.t;",
      'l10n["t"]("Retry");',
    ];
    assert.deepEqual(
      code.map((one) => hiddenTranslationsIn(parse("sample.ts", one)).length),
      [1, 1, 1, 1],
    );
  });
});
