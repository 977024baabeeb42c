import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "./hosts.ts";
import { startListeningProcess, type ListeningProcess } from "./listeningProcess.ts";
import { prepareUserData, type Settings } from "./userData.ts";

export interface FrontDoorOptions {
  /** The newest one: older releases do not open in a lean install. */
  readonly host: Host;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where VS Code keeps settings and its half of the key to the secrets. */
  readonly userData: string;
  readonly extensionsDir: string;
  /** The whole environment of VS Code and what it starts. */
  readonly env: NodeJS.ProcessEnv;
  /** What a visitor has to type; anybody on this machine may come in when undefined. */
  readonly password?: string | undefined;
  readonly locale?: string | undefined;
  readonly settings?: Settings;
  /** Opens folders without asking whether they can be trusted. */
  readonly trustFolders: boolean;
}

/** Serves a VS Code as its users run it, on loopback, by code-server's own entry. */
export async function startFrontDoor(options: FrontDoorOptions): Promise<ListeningProcess> {
  const { host, userData, password, locale } = options;
  // Half of the key to the secrets is written here for everybody to read.
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  prepareUserData(userData, options);
  // Without a file of its own it would read, or write, the one in the person's home.
  const config = join(userData, "config.yaml");
  writeFileSync(config, "cert: false\n");
  return await startListeningProcess({
    command: host.node,
    args: [
      join(host.folder, "out", "node", "entry.js"),
      ...["--config", config],
      ...["--auth", password === undefined ? "none" : "password"],
      ...["--bind-addr", `127.0.0.1:${options.port}`],
      ...["--user-data-dir", userData],
      ...["--extensions-dir", options.extensionsDir],
      ...["--app-name", "Ncloud Keys"],
      "--ignore-last-opened",
      "--disable-proxy",
      "--disable-telemetry",
      "--disable-update-check",
      "--disable-getting-started-override",
      ...(options.trustFolders ? ["--disable-workspace-trust"] : []),
      ...(locale === undefined ? [] : ["--locale", locale]),
    ],
    env: { ...options.env, ...(password === undefined ? {} : { PASSWORD: password }) },
    cwd: userData,
    readyLine: /server listening on http:\/\/127\.0\.0\.1:(\d+)/,
  });
}
