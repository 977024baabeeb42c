/**
 * Loaded into the server by `NODE_OPTIONS`: writes the logs of VS Code and of its extensions. The
 * compiled logger that VS Code asks for is not part of an install without scripts, and without it
 * an output channel stays empty, so that a search of the logs would find nothing whatever was logged.
 */
import { ChildProcess } from "node:child_process";
import { appendFileSync, mkdirSync } from "node:fs";
import module from "node:module";
import { dirname } from "node:path";

class Logger {
  readonly #file: string;
  #level = 0;
  #formatted = true;

  constructor(_type: string, _name: string, file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  trace = (message: string) => this.#write("trace", message);
  debug = (message: string) => this.#write("debug", message);
  info = (message: string) => this.#write("info", message);
  warn = (message: string) => this.#write("warning", message);
  error = (message: string) => this.#write("error", message);
  critical = (message: string) => this.#write("critical", message);

  getLevel(): number {
    return this.#level;
  }

  setLevel(level: number): void {
    this.#level = level;
  }

  setPattern(): void {
    this.#formatted = true;
  }

  clearFormatters(): void {
    this.#formatted = false;
  }

  // Every line is on disk as soon as it is written.
  flush(): void {
    return undefined;
  }

  drop(): void {
    return undefined;
  }

  #write(level: string, message: string): void {
    const time = new Date().toISOString().replace(/[TZ]/g, " ").trim();
    appendFileSync(this.#file, this.#formatted ? `${time} [${level}] ${message}\n` : message);
  }
}

const standIn = {
  version: 0,
  Logger,
  setLevel: () => undefined,
  setFlushOn: () => undefined,
};

const loader = module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
const load = loader._load;
loader._load = function (request, ...rest) {
  if (request !== "bindings") return load.call(this, request, ...rest);
  const bindings = (name: string) => {
    if (name === "spdlog" || name === "spdlog.node") return standIn;
    throw new Error(`There is no compiled ${name}.`);
  };
  return bindings;
};

// Newer servers take NODE_OPTIONS away from the extension host, whose log is what matters most.
const options = `NODE_OPTIONS=${process.env["NODE_OPTIONS"] ?? ""}`;
const child = ChildProcess.prototype as unknown as {
  spawn: (this: ChildProcess, spec: { envPairs?: string[] }) => unknown;
};
const { spawn } = child;
child.spawn = function (spec) {
  const isGiven = spec.envPairs?.some((pair) => pair.startsWith("NODE_OPTIONS="));
  if (spec.envPairs && !isGiven) spec.envPairs.push(options);
  return spawn.call(this, spec);
};
