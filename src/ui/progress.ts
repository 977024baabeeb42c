import { ProgressLocation, window, type Progress } from "vscode";

/** What is said of a run that takes a while. */
export type Report = Progress<{ readonly message?: string; readonly increment?: number }>["report"];

/** Runs something that takes a while under a notification with a Cancel button. */
export async function withCancel<T>(
  title: string,
  run: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      const subscription = token.onCancellationRequested(() => abort.abort());
      try {
        return await run(abort.signal, (step) => progress.report(step));
      } finally {
        subscription.dispose();
      }
    },
  );
}
