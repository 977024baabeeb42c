import { homedir } from "node:os";
import { sep } from "node:path";

/** A path as people write it: with `~` for their home folder. */
export function shownPath(path: string, home = homedir(), separator = sep): string {
  return path.startsWith(home + separator) ? `~${path.slice(home.length)}` : path;
}
