/** Brings what tests need and npm cannot, one after the other, so that tests can run side by side. */
import { findHost, hostNames } from "./vscode/hosts.ts";
import { ensureKoreanFont, findChromium, findSshKeygen } from "./vscode/prerequisites.ts";

console.log(findSshKeygen());
console.log(findChromium());
ensureKoreanFont();
for (const name of hostNames) {
  const { version, folder } = await findHost(name);
  console.log(`VS Code ${version}: ${folder}`);
}
