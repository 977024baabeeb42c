import { readStoredState } from "../workbench/storedState.ts";
import { resetSettings } from "../workbench/userSettings.ts";
import { until } from "../workbench/until.ts";
import { Workbench } from "../workbench/workbench.ts";
import { makeHome, type Home } from "./home.ts";

/** A window and its home folder, as somebody has them who has just begun. */
export interface SharedWindow {
  readonly workbench: Workbench;
  readonly home: Home;
}

let free: SharedWindow | undefined;
let isSpoiled = false;

/**
 * Gives the window that a test before has left, or a new one. To open a window takes a processor
 * many seconds, and to leave one as it was found takes one.
 */
export async function takeWindow(): Promise<SharedWindow> {
  isSpoiled = false;
  if (free) {
    const window = free;
    free = undefined;
    return window;
  }
  const home = makeHome();
  return { home, workbench: await Workbench.open({ home: home.path }) };
}

/** Leaves a window to the next test, with nothing in it of this one. */
export async function leaveWindow(window: SharedWindow): Promise<void> {
  const { workbench, home } = window;
  if (isSpoiled) {
    isSpoiled = false;
    await workbench.close();
    home.remove();
    return;
  }
  await workbench.focusView();
  if (!(await workbench.welcome.isShown())) {
    await workbench.runCommand("Ncloud Keys: Remove All Stored Credentials…");
    await workbench.dialog.press("Remove All");
    await workbench.welcome.read();
  }
  await until(
    workbench.page,
    "No account in the stored state",
    () => readStoredState(workbench.page),
    (state) =>
      ((state["ncloudKeys.accounts"] as readonly unknown[] | undefined) ?? []).length === 0,
  );
  await resetSettings(workbench);
  await workbench.runCommand("View: Close All Editors");
  await workbench.notifications.clear();
  await workbench.writeClipboard("");
  home.clear();
  free = window;
}

/** Has the window closed that is in use: a test that failed may have left anything in it. */
export function spoilWindow(): void {
  isSpoiled = true;
}
