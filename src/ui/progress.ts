import { ProgressLocation, window, type Progress } from "vscode";

/** What is said of a run that takes a while. */
export type Report = Progress<{ readonly message?: string; readonly increment?: number }>["report"];

/** In milliseconds. What is over sooner needs no notification, which would stay for most of a second. */
const unnoticed = 300;

/** Runs something, under a notification with a Cancel button as soon as it takes a while. */
export async function withCancel<T>(
  title: string,
  run: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const early: Parameters<Report>[0][] = [];
  let report: Report = (step) => void early.push(step);
  const running = run(abort.signal, (step) => report(step));
  if (await endsWithin(unnoticed, running)) return running;
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      report = (step) => progress.report(step);
      early.forEach(report);
      const subscription = token.onCancellationRequested(() => abort.abort());
      try {
        return await running;
      } finally {
        subscription.dispose();
      }
    },
  );
}

/** Whether something ends, be it well or not, within so many milliseconds. */
async function endsWithin(milliseconds: number, running: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const ended = running.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([ended, limit]);
  } finally {
    clearTimeout(timer);
  }
}
