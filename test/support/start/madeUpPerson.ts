import { chmodSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { authKeyOf } from "../../sandbox/state.ts";
import { makeHome, writeConfigure, type Home } from "../scene/home.ts";
import { guides } from "./guides.ts";

const dayMs = 86_400_000;

/** Somebody with an account at an NCP that is not there, and a home folder that is thrown away. */
export interface MadeUpPerson {
  readonly home: string;
  /** The folder to open. */
  readonly folder: string;
  end(): Promise<void>;
}

export async function makeUpPerson(locale: "en" | "ko"): Promise<MadeUpPerson> {
  // More API keys than a page has, so that there are more to load.
  const sandbox = await startSandbox({ apiKeys: 104, subAccounts: 5, authKeys: 3 });
  const home = makeHome();
  writeConfigure(home, sandbox);
  chmodSync(join(home.path, ".ncloud", "configure"), 0o600);
  addKeys(home, sandbox);
  const guide = home.addFile("hello-ncloud/README.md", guides[locale]);
  return {
    home: home.path,
    folder: join(guide, ".."),
    end: async () => {
      home.remove();
      await sandbox.close();
    },
  };
}

/** Three key pairs, one of which the account knows already. */
function addKeys(home: Home, sandbox: Sandbox): void {
  try {
    const known = home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop");
    register(sandbox, "jiwoo-laptop", known);
    home.addKeyPair("id_rsa", "rsa-3072", "jiwoo@office");
    home.addKeyPair("id_ecdsa", "ecdsa-256", "deploy");
  } catch (error) {
    console.warn(`There are no keys in ~/.ssh to upload. ${(error as Error).message}`);
  }
}

function register(sandbox: Sandbox, title: string, publicKey: string): void {
  const blob = Buffer.from(publicKey.split(" ")[1] ?? "", "base64");
  sandbox.state.authKeys.unshift(authKeyOf(title, blob, Date.now() - 40 * dayMs));
}
