import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Scene } from "../../support/scene/scene.ts";
import { cutOff } from "../../support/workbench/cutOff.ts";
import type { PageElement } from "../../support/workbench/pageElement.ts";

const bundle = JSON.parse(
  readFileSync(new URL("../../../../l10n/bundle.l10n.ko.json", import.meta.url), "utf8"),
) as Readonly<Record<string, string>>;

/** What stands in Korean for a text of ours; the values take the places of {0}, {1}, and so on. */
export function korean(english: string, ...values: readonly string[]): string {
  const text = bundle[english];
  if (text === undefined) throw new Error(`The bundle has no ${english}`);
  return text.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)]!);
}

/** Of a pick and of an input: its title, its prompt, its sections, its items and what stands below them. */
export const asked = [
  ".quick-input-title",
  ".quick-input-message",
  ".quick-input-list-separator",
  ".quick-input-list .label-name",
  ".quick-input-list .label-description",
  ".quick-input-list-label-meta",
]
  .map((part) => `.quick-input-widget:visible ${part}:visible`)
  .join(", ");

const dialog = [".dialog-message-text", ".dialog-message-detail", ".dialog-buttons .monaco-button"]
  .map((part) => `.monaco-dialog-box ${part}`)
  .join(", ");

/** What of these elements is cut off, of which there has to be one. */
export async function cutOffIn({ workbench }: Scene, selector: string): Promise<readonly string[]> {
  const elements = workbench.page.locator(selector);
  assert.notEqual(await elements.count(), 0, selector);
  return await cutOff(elements);
}

/** What is in English in a question, a dialog or a message of ours that is on view, and what is cut off. */
export async function faultsOnView({ workbench, sandbox }: Scene) {
  const { page, notifications } = workbench;
  const parts = page.locator(`${asked}, ${dialog}`);
  const placeholders = await page
    .locator(".quick-input-widget:visible .quick-input-box input")
    .evaluateAll((inputs: PageElement[]) =>
      inputs.map((input) => input.getAttribute("placeholder") ?? ""),
    );
  const messages = await notifications.list();
  const texts = [
    ...(await parts.allTextContents()),
    ...placeholders,
    ...messages.flatMap(({ message, buttons }) => [message, ...buttons]),
  ].filter((text) => text !== "" && !ofEditor.has(text));
  assert.notEqual(texts.length, 0);
  return {
    english: englishIn(
      texts.join("\n").replace(hintOfEditor, ""),
      [
        ...valuesOf(sandbox),
        ...sandbox.state.subAccounts.flatMap(({ subAccountId, name }) => [subAccountId, name]),
      ],
      names,
    ),
    cutOff: [
      ...(await cutOff(parts)),
      ...messages.filter(({ isCut }) => isCut).map(({ message }) => message),
    ],
  };
}

/** What `faultsOnView` gives where all is well. */
export const noFaults = { english: null, cutOff: [] };

/** VS Code itself stays in English, as no language pack is installed. */
const ofEditor: ReadonlySet<string> = new Set(["Cancel", "OK"]);
const hintOfEditor = / \(Press 'Enter' to confirm or 'Escape' to cancel\)/g;

/** Names that are the same in Korean, of files and of keys that are not in NSML too. */
const names =
  /API Key|Access Key|API|NSML|Enter|VS Code|SSH|ID|Ed25519|RSA|ECDSA|NIST|CSV|JSON|Markdown|SHA256:[\w+/]+|(?:[\da-f]{2}:){15}[\da-f]{2}|jiwoo[@-]\w+|my-laptop|\bid_\w+|\.pub\b|~\/\.ssh|keys\.csv/g;

/** What an account gives its keys and the people they belong to, which is in no language. */
export function valuesOf({ state }: Sandbox): readonly string[] {
  return [
    ...state.authKeys.flatMap(({ title, name }) => [title, name]),
    ...state.apiKeys.all().flatMap(({ apiKeyName, apiKeyId }) => [apiKeyName, apiKeyId]),
    ...state.subAccounts.flatMap(({ loginId, accessKeys }) => [
      loginId,
      ...accessKeys.map(({ accessKey }) => accessKey),
    ]),
  ];
}

/** The English words of a text that are no such value and no name; null without any. */
export function englishIn(
  text: string,
  values: readonly string[],
  names: RegExp,
): readonly string[] | null {
  const words = values
    .filter((value) => value !== "")
    .sort((a, b) => b.length - a.length)
    .reduce((rest, value) => rest.replaceAll(value, ""), text);
  return words.replace(names, "").match(/[A-Za-z]{2,}/g);
}
