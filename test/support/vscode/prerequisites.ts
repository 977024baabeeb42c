import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program of this machine that tests need and npm cannot bring. */
interface Program {
  readonly title: string;
  /** Names it goes by on PATH, the best first. */
  readonly commands: readonly string[];
  /** Where it is when it is not on PATH. */
  readonly places: readonly string[];
  readonly debianPackage: string;
  readonly advice: string;
}

const chromium: Program = {
  title: "Chromium",
  commands: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge"],
  places: chromiumPlaces(),
  debianPackage: "chromium",
  advice: "Install Chromium or Google Chrome, or name one in CHROMIUM_PATH.",
};

const sshKeygen: Program = {
  title: "ssh-keygen",
  commands: ["ssh-keygen"],
  places: [],
  debianPackage: "openssh-client",
  advice: "Install OpenSSH's client programs (Debian: openssh-client).",
};

/**
 * Returns the path of a Chromium: `CHROMIUM_PATH`, or what is installed, or what could be installed.
 * @throws an error whose message says what to install.
 */
export function findChromium(): string {
  const chosen = process.env["CHROMIUM_PATH"];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, and there is no such file.`);
  }
  return findOrInstall(chromium);
}

/**
 * Returns the path of `ssh-keygen`, installing it where that can be done.
 * @throws an error whose message says what to install.
 */
export function findSshKeygen(): string {
  return findOrInstall(sshKeygen);
}

/** Sees to a font with Korean in it, on a Linux where we can; without one, Korean shows as boxes. */
export function ensureKoreanFont(): void {
  if (process.platform !== "linux" || hasFileLike("/usr/share/fonts", /cjk|nanum|korean/i)) return;
  if (!aptInstall("fonts-noto-cjk")) {
    console.warn("No Korean font was found (Debian: fonts-noto-cjk): Korean will show as boxes.");
  }
}

function findOrInstall(program: Program): string {
  const found = find(program);
  if (found) return found;
  if (aptInstall(program.debianPackage)) {
    const installed = find(program);
    if (installed) return installed;
  }
  throw new Error(`${program.title} is needed and was not found. ${program.advice}`);
}

function find(program: Program): string | undefined {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const onPath = program.commands.flatMap((command) =>
    folders.map((folder) => join(folder, command + suffix)),
  );
  return [...onPath, ...program.places].find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Installs a Debian package when this is root on a Debian or one of its descendants. */
function aptInstall(name: string): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  console.log(`Installing ${name} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) =>
    spawnSync("apt-get", args, { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const install = () => apt("install", "-y", "--no-install-recommends", name);
  let result = install();
  if (result.status !== 0) {
    // A fresh image has no package lists, or stale ones.
    apt("update");
    result = install();
  }
  if (result.status !== 0) console.error(result.stderr.trim());
  return result.status === 0;
}

function hasFileLike(folder: string, pattern: RegExp): boolean {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).some((path) =>
      pattern.test(path),
    );
  } catch {
    return false;
  }
}

function chromiumPlaces(): string[] {
  switch (process.platform) {
    case "darwin":
      return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case "win32":
      return ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"]
        .flatMap((name) => process.env[name] ?? [])
        .flatMap((folder) => [
          join(folder, "Google", "Chrome", "Application", "chrome.exe"),
          join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
        ]);
    default:
      return [];
  }
}
