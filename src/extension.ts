import * as vscode from "vscode";

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand("ncloudKeys.refresh", () => {
      void vscode.window.showInformationMessage("Refreshed");
    }),
  );
}
