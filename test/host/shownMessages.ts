import * as vscode from "vscode";

/** What the extension says while it is listened to: each text with how often it was shown. */
export interface ShownMessages {
  readonly counts: Readonly<Record<string, number>>;
  stop(): void;
}

const showers = ["showInformationMessage", "showWarningMessage", "showErrorMessage"] as const;
type Shower = (message: string, ...rest: unknown[]) => Thenable<unknown>;

/**
 * Takes the place of the editor's messages. The tests and the extension are given one and the same
 * `vscode.window`, because both lie in the folder that is being developed.
 *
 * @param answer what the person presses, of the buttons that are there
 */
export function listenToMessages(
  answer: (buttons: readonly unknown[]) => unknown = () => undefined,
): ShownMessages {
  const counts: Record<string, number> = {};
  const window = vscode.window as unknown as Record<(typeof showers)[number], Shower>;
  const before = showers.map((name) => window[name]);
  for (const name of showers) {
    window[name] = (message, ...rest) => {
      counts[message] = (counts[message] ?? 0) + 1;
      return Promise.resolve(answer(rest));
    };
  }
  return {
    counts,
    stop: () => showers.forEach((name, index) => (window[name] = before[index]!)),
  };
}
