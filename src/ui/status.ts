import { window } from "vscode";

const shownFor = 4000;

/** Confirms in the status bar what is in view anyway. */
export function status(text: string): void {
  window.setStatusBarMessage(`$(check) ${text}`, shownFor);
}
