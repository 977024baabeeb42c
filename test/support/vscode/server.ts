import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeTempFolder } from "../leftovers.ts";
import { isolatedEnvironment } from "./environment.ts";
import type { Host } from "./hosts.ts";
import { startListeningProcess } from "./listeningProcess.ts";
import { prepareUserData, type Settings } from "./userData.ts";

export interface ServerOptions {
  readonly host: Host;
  /** The home folder the extension sees; an empty one of its own when undefined. */
  readonly home?: string | undefined;
  /** Where installed extensions are; an empty folder of its own when undefined. */
  readonly extensionsDir?: string | undefined;
  /**
   * The extensions VS Code brings along that are to be there, by the names of their folders; all
   * of them when undefined. Its start takes seconds less with a few.
   */
  readonly builtinExtensions?: readonly string[] | undefined;
  /** The display language. */
  readonly locale?: string | undefined;
  /** Added to the environment that the extension sees. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** User settings. */
  readonly settings?: Settings | undefined;
  /**
   * Lets the page load a development extension and its tests. It also turns notifications and
   * dialogs off, so that a window under test is opened without it.
   */
  readonly automation?: boolean;
}

/** A VS Code server of ours on loopback. */
export interface Server {
  /** Where its page is. */
  readonly origin: string;
  readonly home: string;
  readonly pid: number;
  readonly ended: Promise<void>;
  output(): string;
  /** Ends it with its children, and removes its folders. */
  stop(): Promise<void>;
}

/** Starts a VS Code with a data folder of its own and waits until it listens. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { host } = options;
  const run = makeTempFolder("ncloud-keys-");
  const folder = (name: string) => {
    const path = join(run.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const serverData = folder("server");
  const builtin = folder("builtin");
  for (const name of options.builtinExtensions ?? []) {
    symlinkSync(join(host.folder, "lib", "vscode", "extensions", name), join(builtin, name), "dir");
  }
  const home = options.home ?? folder("home");
  prepareUserData(join(serverData, "data"), options);

  const args = [
    join(host.folder, "lib", "vscode", "out", "server-main.js"),
    ...["--host", "127.0.0.1"],
    // The operating system picks a free one.
    ...["--port", "0"],
    "--without-connection-token",
    "--accept-server-license-terms",
    ...["--server-data-dir", serverData],
    ...["--extensions-dir", options.extensionsDir ?? folder("extensions")],
    ...(options.builtinExtensions ? ["--builtin-extensions-dir", builtin] : []),
    "--disable-telemetry",
    "--disable-workspace-trust",
    ...(options.locale ? ["--locale", options.locale] : []),
    ...(options.automation ? ["--enable-smoke-test-driver"] : []),
  ];
  try {
    const server = await startListeningProcess({
      command: host.node,
      args,
      env: isolatedEnvironment({ home, temp: folder("tmp") }, options.env),
      cwd: home,
      readyLine: /Extension host agent listening on (\d+)/,
    });
    return {
      ...server,
      origin: `http://127.0.0.1:${server.port}`,
      home,
      stop: async () => {
        await server.stop();
        run.remove();
      },
    };
  } catch (error) {
    run.remove();
    throw error;
  }
}
