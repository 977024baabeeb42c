import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const standIn = `--import=${new URL("./loggerStandIn.js", import.meta.url).href}`;

/** The variable that has a server of ours write its logs. */
export const writtenLogs: Readonly<Record<string, string>> = { NODE_OPTIONS: standIn };

/** The same beside what the person has in the variable. */
export function withWrittenLogs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, NODE_OPTIONS: [env["NODE_OPTIONS"], standIn].filter(Boolean).join(" ") };
}

/** What VS Code and its extensions have logged so far, by file; `files` is the folder of its files. */
export function readLogs(files: string): ReadonlyMap<string, string> {
  const folder = join(files, "server", "data", "logs");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return new Map(
    names
      .filter((name) => name.endsWith(".log"))
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

/** The file of the extension's own log, and its name below the folder of VS Code's files. */
export function ownLogFile(files: string): { readonly path: string; readonly name: string } {
  const own = [...readLogs(files).keys()].find((name) => name.includes("Ncloud Keys"));
  if (own === undefined) throw new Error("The extension has logged nothing yet.");
  const name = join("server", "data", "logs", own);
  return { path: join(files, name), name: name.replaceAll("\\", "/") };
}

/** The lines of the extension's own log. */
export function readOwnLog(files: string): readonly string[] {
  const own = [...readLogs(files)].filter(([name]) => name.includes("Ncloud Keys"));
  return own.flatMap(([, text]) => text.split("\n").filter((line) => line !== ""));
}

/** The variables that have a server of ours write its logs, and into `file` what it does to paths. */
export function writtenReads(file: string): Readonly<Record<string, string>> {
  const recorder = new URL("./readRecorder.js", import.meta.url).href;
  return {
    NODE_OPTIONS: `${writtenLogs["NODE_OPTIONS"]} --import=${recorder}`,
    NCLOUD_KEYS_TEST_READS: file,
  };
}

/** What a process of VS Code did to a path: read it, list it, or ask about it. */
export interface Touch {
  /** Such as `extensionHost`, in which ours runs; `server` for the one that starts the others. */
  readonly process: string;
  /** The name in `node:fs`. */
  readonly method: string;
  readonly path: string;
}

/** What was written into `file` so far. */
export function writtenTouches(file: string): readonly Touch[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return lines.map((line) => {
    const [process = "", method = "", ...path] = line.split("\t");
    return { process, method, path: path.join("\t") };
  });
}
