import path, { type PlatformPath } from "node:path";

/**
 * The absolute path that a setting means. `~` and what follows `~/` (on Windows also `~\`) is below
 * the home folder, and so is a relative path, as an editor has no current folder that a person
 * would know of. `~name` is not looked up.
 *
 * @param setting not empty.
 * @param home absolute.
 * @param platform the rules for paths; those of the running system unless a test says otherwise.
 */
export function expandHome(setting: string, home: string, platform: PlatformPath = path): string {
  const separators = platform.sep === "\\" ? /^~(?:[/\\]+|$)/ : /^~(?:\/+|$)/;
  return platform.resolve(home, setting.replace(separators, ""));
}
