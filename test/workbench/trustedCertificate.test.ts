import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { makeTempFolder } from "../support/leftovers.ts";
import { startConnectProxy, type ConnectProxy } from "../support/proxy/connectProxy.ts";
import { namedCertificate } from "../support/proxy/namedCertificate.ts";
import { makeHome } from "../support/scene/home.ts";
import { Workbench } from "../support/workbench/workbench.ts";

describe("A certificate that NODE_EXTRA_CA_CERTS names, behind a proxy", () => {
  const host = "ncp.example";
  const { key, cert } = namedCertificate(host);
  const folder = makeTempFolder("ncloud-keys-trusted-");
  const home = makeHome();
  let sandbox: Sandbox;
  let proxy: ConnectProxy;
  let workbench: Workbench;
  let place: string;

  before(async () => {
    const trusted = join(folder.path, "trusted.pem");
    writeFileSync(trusted, cert);
    sandbox = await startSandbox({ tls: { key, cert }, apiKeys: 3, subAccounts: 2 });
    const { port } = new URL(sandbox.origin);
    place = `${host}:${port}`;
    proxy = await startConnectProxy({ [place]: Number(port) });
    home.addFile(
      ".ncloud/configure",
      [
        "[DEFAULT]",
        `ncloud_access_key_id = ${sandbox.accessKeyId}`,
        `ncloud_secret_access_key = ${sandbox.secretKey}`,
        `ncloud_api_url = https://${place}`,
      ].join("\n"),
    );
    workbench = await Workbench.open({
      home: home.path,
      env: { NODE_EXTRA_CA_CERTS: trusted },
      settings: { "http.proxy": proxy.url },
    });
    await workbench.openView();
  });

  after(async () => {
    await workbench.close();
    await proxy.close();
    await sandbox.close();
    home.remove();
    folder.remove();
  });

  it("is trusted where VS Code passes the variable on, and refused as any other where not", async () => {
    await workbench.welcome.press("Import Account…");
    await workbench.quickPick.choose("default");
    await workbench.dialog.press("Use This Origin");
    // VS Code 1.100 replaces what Node.js trusts by a list of its own, and drops the variable.
    const isPassedOn = workbench.host === "newest";
    if (isPassedOn) await workbench.tree.waitForRow(/^API Keys 3$/);
    else await workbench.notifications.waitFor(/its certificate is not trusted\./);
    await sandbox.idle();
    const { requests, connections } = sandbox;
    const tunnels = proxy.tunnels.length;
    console.log(`      ${requests.length} requests, ${tunnels} tunnels`);
    assert.deepEqual(
      {
        places: [...new Set(proxy.tunnels)],
        // Every socket at the server came through the proxy.
        besideTheProxy: connections - tunnels,
        carried: requests.length > 0,
        // VS Code connects anew for each request that goes through a proxy, and lets nobody keep one.
        oneForEach: tunnels === requests.length,
        answers: [...new Set(requests.map(({ headers, status }) => `${headers.host} ${status}`))],
      },
      {
        places: [place],
        besideTheProxy: 0,
        carried: isPassedOn,
        oneForEach: isPassedOn,
        answers: isPassedOn ? [`${place} 200`] : [],
      },
    );
  });
});
