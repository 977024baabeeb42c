/**
 * Loaded into the server by `NODE_OPTIONS`: writes the logs of VS Code and of its extensions. The
 * compiled logger that VS Code asks for is not part of an install without scripts, and without it
 * an output channel stays empty: Show Log would show nothing, and neither would a search of the logs
 * find anything, whatever was logged.
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

/**
 * VS Code's own processes get it handed on, the extension host above all, whose log is what matters
 * most and from which newer servers take NODE_OPTIONS away. What else is started, such as a hook of
 * git's, finds the variable as the person has it.
 */
const options = process.env["NODE_OPTIONS"] ?? "";
const others = options.replace(`--import=${import.meta.url}`, "").trim();
if (others === "") delete process.env["NODE_OPTIONS"];
else process.env["NODE_OPTIONS"] = others;

const child = ChildProcess.prototype as unknown as {
  spawn: (this: ChildProcess, spec: { file: string; envPairs?: string[] }) => unknown;
};
const { spawn } = child;
child.spawn = function (spec) {
  if (spec.envPairs && spec.file === process.execPath) {
    spec.envPairs = spec.envPairs.filter((pair) => !pair.startsWith("NODE_OPTIONS="));
    spec.envPairs.push(`NODE_OPTIONS=${options}`);
  }
  return spawn.call(this, spec);
};
