/**
 * Brings what tests need and npm cannot, one after the other, so that tests can run side by side:
 * `prepare.js ssh-keygen browser oldest newest`, or those of them that are needed.
 */
import { findHost, isHostName } from "./vscode/hosts.ts";
import { ensureKoreanFont, findChromium, findSshKeygen } from "./vscode/prerequisites.ts";

for (const name of process.argv.slice(2)) {
  if (name === "ssh-keygen") console.log(findSshKeygen());
  else if (name === "browser") {
    console.log(findChromium());
    ensureKoreanFont();
  } else if (isHostName(name)) {
    const { version, folder } = await findHost(name);
    console.log(`VS Code ${version}: ${folder}`);
  } else throw new Error(`Nothing is known of "${name}".`);
}
