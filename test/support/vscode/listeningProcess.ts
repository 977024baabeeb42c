import { spawn } from "node:child_process";
import { ownGroup } from "../leftovers.ts";

/** A program that serves on a port until it is stopped. */
export interface ListeningProcess {
  readonly port: number;
  readonly pid: number;
  /** What it has printed lately, for messages about it. */
  output(): string;
  /** Resolves when it has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends it and the processes it started. */
  stop(): Promise<void>;
}

interface ListeningProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** The line that says it is ready; its first group is the port. */
  readonly readyLine: RegExp;
}

const startLimitMs = 60_000;
const keptOutput = 8_000;

/** Starts a program and waits for the line that says it listens. */
export async function startListeningProcess(
  options: ListeningProcessOptions,
): Promise<ListeningProcess> {
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  const stop = ownGroup(child);
  let output = "";
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", (error) => {
      output += String(error);
      resolve();
    });
  });

  const port = await new Promise<number>((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(limit);
      void stop();
      reject(new Error(`${options.command} ${what}. It printed:\n${output.trim()}`));
    };
    const limit = setTimeout(() => fail("did not listen in time"), startLimitMs);
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-keptOutput);
      const found = options.readyLine.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(limit);
      resolve(Number(found));
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void ended.then(() => fail("ended before it listened"));
  });
  return { port, pid: child.pid ?? 0, output: () => output, ended, stop };
}
