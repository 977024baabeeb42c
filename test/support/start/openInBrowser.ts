import { spawn } from "node:child_process";

/** Opens an address in the person's browser where there is a display; elsewhere does nothing. */
export function openInBrowser(url: string): void {
  const opener = findOpener();
  if (opener === undefined) return;
  const [command, ...args] = opener;
  const child = spawn(command, [...args, url], { detached: true, stdio: "ignore" });
  // The address has been printed, so that a missing opener is no failure.
  child.once("error", () => undefined);
  child.unref();
}

function findOpener(): [command: string, ...args: string[]] | undefined {
  const env = process.env;
  if (env["CI"] || env["SSH_CONNECTION"]) return undefined;
  switch (process.platform) {
    case "darwin":
      return ["open"];
    case "win32":
      // The empty string is the title of the window.
      return ["cmd", "/c", "start", ""];
    default:
      return env["DISPLAY"] || env["WAYLAND_DISPLAY"] ? ["xdg-open"] : undefined;
  }
}
