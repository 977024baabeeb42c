import { l10n, window } from "vscode";

export const showers = {
  information: (text: string, ...buttons: string[]) =>
    window.showInformationMessage(text, ...buttons),
  warning: (text: string, ...buttons: string[]) => window.showWarningMessage(text, ...buttons),
  error: (text: string, ...buttons: string[]) => window.showErrorMessage(text, ...buttons),
};

/** Shows a message with one button, and whether it was pressed. */
export async function ask(
  kind: keyof typeof showers,
  text: string,
  button: string,
): Promise<boolean> {
  return (await showers[kind](text, button)) === button;
}

/** Says what has to be read whole: without a button the editor cuts a message off after its first line. */
export function say(kind: keyof typeof showers, text: string): void {
  void showers[kind](text, l10n.t("OK"));
}

/** Asks a modal question with one button beside Cancel, and whether it was pressed. */
export async function confirmed(
  question: string,
  detail: string,
  button: string,
): Promise<boolean> {
  return (await window.showWarningMessage(question, { modal: true, detail }, button)) === button;
}
