import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandIds } from "../../src/commands/commandIds.ts";

const id = "ncloud-keys.ncloud-keys";

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category?: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly scope?: string; readonly ignoreSync?: boolean }>
      >;
    };
  };
}

describe("The manifest in a real VS Code", () => {
  const manifest = () => vscode.extensions.getExtension(id)?.packageJSON as Manifest;

  it("contributes exactly the commands that the code registers", async () => {
    await vscode.extensions.getExtension(id)?.activate();
    const registered = await vscode.commands.getCommands(true);
    const contributed = manifest().contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      {
        contributed: [...contributed].sort(),
        registered: commandIds.every((command) => registered.includes(command)),
      },
      { contributed: [...commandIds].sort(), registered: true },
    );
  });

  it("puts every command under one category", () => {
    const categories = manifest().contributes.commands.map(({ category }) => category);
    assert.deepEqual([...new Set(categories)], ["Ncloud Keys"]);
  });

  it("lets no workspace set a setting, and takes no path along to another computer", () => {
    const { properties } = manifest().contributes.configuration;
    assert.deepEqual(
      Object.entries(properties).map(([name, { scope, ignoreSync }]) => [
        name,
        scope,
        ignoreSync ?? false,
      ]),
      [
        ["ncloudKeys.sshDirectory", "application", true],
        ["ncloudKeys.keyAgeWarningDays", "application", false],
        ["ncloudKeys.clipboardClearSeconds", "application", false],
        ["ncloudKeys.languageModelTools", "application", false],
      ],
    );
  });
});
