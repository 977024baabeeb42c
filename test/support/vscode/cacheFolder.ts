import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where downloads that outlive a checkout are kept: `NCLOUD_KEYS_CACHE`, or a folder of ours where
 * the operating system wants caches.
 */
export function cacheFolder(): string {
  const env = process.env;
  const chosen = env["NCLOUD_KEYS_CACHE"];
  if (chosen) return chosen;
  const name = "ncloud-keys-test";
  switch (process.platform) {
    case "darwin":
      return join(homedir(), "Library", "Caches", name);
    case "win32":
      return join(env["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), name);
    default:
      return join(env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), name);
  }
}
