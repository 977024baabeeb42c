import { workspace } from "vscode";

/** Seconds after which a copied secret is cleared from the clipboard. 0: it stays. */
export function clipboardClearSeconds(): number {
  const value = workspace.getConfiguration("ncloudKeys").get<unknown>("clipboardClearSeconds");
  return typeof value === "number" && value >= 0 ? value : 30;
}
