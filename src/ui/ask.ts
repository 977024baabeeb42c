import { window } from "vscode";

export const showers = {
  information: window.showInformationMessage,
  warning: window.showWarningMessage,
  error: window.showErrorMessage,
};

/** Shows a message with one button, and whether it was pressed. */
export async function ask(
  kind: keyof typeof showers,
  text: string,
  button: string,
): Promise<boolean> {
  return (await showers[kind](text, button)) === button;
}

/** Asks a modal question with one button beside Cancel, and whether it was pressed. */
export async function confirmed(
  question: string,
  detail: string,
  button: string,
): Promise<boolean> {
  return (await window.showWarningMessage(question, { modal: true, detail }, button)) === button;
}
