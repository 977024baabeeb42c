/** `npm start`: the extension in a real VS Code, for a person to use. See `start/startOptions.ts`. */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeTempFolder, onSignal } from "./leftovers.ts";
import { withWrittenLogs } from "./scene/writtenLogs.ts";
import { makeUpPerson } from "./start/madeUpPerson.ts";
import { openInBrowser } from "./start/openInBrowser.ts";
import { parseStartOptions, usage, UsageError, type StartOptions } from "./start/startOptions.ts";
import { cacheFolder } from "./vscode/cacheFolder.ts";
import { isolatedEnvironment } from "./vscode/environment.ts";
import { installBuiltExtension } from "./vscode/extensionFiles.ts";
import { startFrontDoor, type FrontDoorOptions } from "./vscode/frontDoor.ts";
import { findHost } from "./vscode/hosts.ts";
import type { ListeningProcess } from "./vscode/listeningProcess.ts";

const checkout = fileURLToPath(new URL("../../../", import.meta.url));

type Place = Pick<FrontDoorOptions, "host" | "port" | "extensionsDir" | "locale">;

/** A VS Code that is served, and what to say about it. */
interface Served {
  readonly door: ListeningProcess;
  readonly folder?: string;
  readonly about: (url: string) => string;
  readonly end?: () => Promise<void>;
}

async function main(options: StartOptions): Promise<void> {
  const host = await findHost("newest");
  const run = makeTempFolder("ncloud-keys-start-");
  const folder = (name: string) => {
    const path = join(run.path, name);
    mkdirSync(path);
    return path;
  };
  const extensionsDir = folder("extensions");
  installBuiltExtension(checkout, extensionsDir);

  const place: Place = { host, port: options.port, extensionsDir, locale: options.locale };
  const serve = options.ownHome ? serveOwnHome : serveMadeUpPerson;
  const served = await serve(place, options, folder);
  const ending = new AbortController();
  onSignal(async () => {
    ending.abort();
    await served.door.stop();
    await served.end?.();
  });

  endWithNpm();

  const origin = `http://127.0.0.1:${served.door.port}/`;
  const query = served.folder
    ? `?${new URLSearchParams({ folder: served.folder }).toString()}`
    : "";
  console.log(`\n  ${origin}${query}\n\n${served.about(origin)}\nCtrl+C ends it.`);
  openInBrowser(origin + query);

  await served.door.ended;
  if (ending.signal.aborted) return;
  throw new Error(`VS Code ended by itself. It printed:\n${served.door.output()}`);
}

/** npm runs scripts in a shell that dies of a signal without passing it on. */
function endWithNpm(): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
  }, 500);
  watch.unref();
}

async function serveMadeUpPerson(
  place: Place,
  { locale }: StartOptions,
  folder: (name: string) => string,
): Promise<Served> {
  const person = await makeUpPerson(locale);
  const door = await startFrontDoor({
    ...place,
    userData: folder("user-data"),
    env: withWrittenLogs(isolatedEnvironment({ home: person.home, temp: folder("tmp") })),
    settings: { "workbench.startupEditor": "readme" },
    trustFolders: true,
  });
  return {
    door,
    folder: person.folder,
    about: () =>
      "The account and the home folder are made up, and are removed at the end.\n" +
      "Open Ncloud Keys in the activity bar and choose Import Account….",
    end: () => person.end(),
  };
}

async function serveOwnHome(
  place: Place,
  _options: StartOptions,
  folder: (name: string) => string,
): Promise<Served> {
  const userData = join(cacheFolder(), "own-home");
  const password = randomBytes(12).toString("base64url");
  const door = await startFrontDoor({
    ...place,
    userData,
    env: withWrittenLogs({ ...process.env, TMPDIR: folder("tmp") }),
    password,
    trustFolders: false,
  });
  return {
    door,
    about: (origin) =>
      `Password: ${password}\n\n` +
      "This is your own home folder and the real NAVER Cloud Platform.\n" +
      `Secrets you save stay in your browser, in the local storage of ${origin}, and not in the\n` +
      "keychain of the operating system. They are encrypted; one half of the key is stored beside\n" +
      `them, the other half is the file ${join(userData, "serve-web-key-half")}.\n` +
      "To remove them run Ncloud Keys: Remove All Stored Credentials…, or delete that file.",
  };
}

function describe(error: unknown, port: number): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.includes("EADDRINUSE")
    ? `Port ${port} is in use. Choose another one with --port.`
    : message;
}

let port = 0;
try {
  const options = parseStartOptions(process.argv.slice(2));
  port = options.port;
  if (options.help) process.stdout.write(usage);
  else await main(options);
} catch (error) {
  console.error(describe(error, port));
  process.exit(error instanceof UsageError ? 2 : 1);
}
