import assert from "node:assert/strict";
import * as vscode from "vscode";
import { toolNames } from "../../src/assistant/toolNames.ts";
import { offerLanguageModelTools } from "../../src/ui/languageModelTools.ts";

/** What a tool answers to an assistant. */
async function invoke(name: string, input: object = {}): Promise<unknown> {
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part] = result.content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return JSON.parse(part.value);
}

function offered(): readonly string[] {
  return vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith("ncloudKeys_"));
}

describe("The tools for assistants", () => {
  it("are those of the manifest, and answer without anybody signed in", async () => {
    assert.deepEqual(
      {
        offered: [...offered()].sort(),
        accounts: await invoke("ncloudKeys_listAccounts"),
        keys: await invoke("ncloudKeys_listKeys", { account: "nobody" }),
      },
      {
        offered: [...toolNames].sort(),
        accounts: { accounts: [] },
        keys: { error: "There is no such account. List the accounts first." },
      },
    );
  });

  it("are there for assistants on a condition, the setting", () => {
    const { contributes } = vscode.extensions.getExtension("ncloud-keys.ncloud-keys")!
      .packageJSON as { contributes: { languageModelTools: readonly { when: string }[] } };
    assert.deepEqual(
      new Set(contributes.languageModelTools.map(({ when }) => when)),
      new Set(["config.ncloudKeys.languageModelTools"]),
    );
  });

  it("refuse whoever asks while the setting is off", async () => {
    const settings = vscode.workspace.getConfiguration("ncloudKeys");
    const { Global } = vscode.ConfigurationTarget;
    await settings.update("languageModelTools", false, Global);
    try {
      for (const name of toolNames) {
        await assert.rejects(invoke(name), /languageModelTools is off/);
      }
    } finally {
      await settings.update("languageModelTools", undefined, Global);
    }
    assert.deepEqual(await invoke("ncloudKeys_listAccounts"), { accounts: [] });
  });

  it("are none, and no fault, in an editor that has no such interface", () => {
    const api = vscode.lm as { registerTool: unknown };
    const { registerTool } = api;
    api.registerTool = undefined;
    try {
      const offer = offerLanguageModelTools(() => Promise.reject(new Error("Nobody can ask.")));
      assert.deepEqual(offer, []);
    } finally {
      api.registerTool = registerTool;
    }
  });
});
