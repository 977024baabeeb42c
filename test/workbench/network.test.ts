import assert from "node:assert/strict";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { startConnectProxy, type ConnectProxy } from "../support/proxy/connectProxy.ts";
import { namedCertificate } from "../support/proxy/namedCertificate.ts";
import { makeHome } from "../support/scene/home.ts";
import { openSignedInScene, type Scene } from "../support/scene/scene.ts";
import { Workbench } from "../support/workbench/workbench.ts";

const refreshes = 5;
/** What three groups ask for at once; the sockets of one moment serve the next. */
const mostSockets = 4;

/** Refreshes again and again, each time until every request was answered. */
async function refreshOften(workbench: Workbench, sandbox: Sandbox): Promise<void> {
  for (let round = 0; round < refreshes; round++) {
    const asked = ["/nsml/", "/api/v1/api-keys", "/api/v1/sub-accounts"].map((path) =>
      sandbox.nextRequest({ path }),
    );
    await workbench.runCommand("Ncloud Keys: Refresh");
    await Promise.all(asked);
    await sandbox.idle();
  }
}

describe("The network, directly", () => {
  let scene: Scene;

  before(async () => {
    scene = await openSignedInScene();
  });

  after(() => scene.close());

  it("carries many requests over few sockets", async () => {
    const { workbench, sandbox } = scene;
    await refreshOften(workbench, sandbox);
    const { requests, connections } = sandbox;
    console.log(`      ${requests.length} requests, ${connections} sockets`);
    assert.ok(requests.length >= 3 * refreshes);
    assert.ok(connections <= mostSockets, `${connections} sockets`);
  });
});

describe("The network, through the proxy that http.proxy names", () => {
  // VS Code never asks a proxy for this computer by its own name, hence a name made up.
  const host = "ncp.example";
  const { key, cert } = namedCertificate(host);
  let sandbox: Sandbox;
  let proxy: ConnectProxy;
  let place: string;

  before(async () => {
    sandbox = await startSandbox({ tls: { key, cert }, apiKeys: 3, subAccounts: 2 });
    const { port } = new URL(sandbox.origin);
    place = `${host}:${port}`;
    proxy = await startConnectProxy({ [place]: Number(port) });
  });

  after(async () => {
    await proxy.close();
    await sandbox.close();
  });

  /** A window whose person has the account at the made-up name, and answers that they mean it. */
  async function openAndImport() {
    const home = makeHome();
    home.addFile(
      ".ncloud/configure",
      [
        "[DEFAULT]",
        `ncloud_access_key_id = ${sandbox.accessKeyId}`,
        `ncloud_secret_access_key = ${sandbox.secretKey}`,
        `ncloud_api_url = https://${place}`,
      ].join("\n"),
    );
    const settings = { "http.proxy": proxy.url };
    const workbench = await Workbench.open({ home: home.path, settings });
    await workbench.openView();
    await workbench.welcome.press("Import Account…");
    await workbench.quickPick.choose("default");
    const { message, detail, buttons } = await workbench.dialog.read();
    await workbench.dialog.press(buttons.find((button) => button !== "Cancel")!);
    const close = async () => {
      await workbench.close();
      home.remove();
    };
    return { workbench, confirmed: `${message}\n${detail}`, close };
  }

  it("says that a certificate is not trusted, and has sent nothing", async () => {
    const { workbench, confirmed, close } = await openAndImport();
    const { message, severity } = await workbench.notifications.waitFor(/certificate/);
    await workbench.screenshot("certificate-not-trusted");
    await close();
    assert.deepEqual(
      {
        message,
        severity,
        confirmed: confirmed.includes(`https://${place}`),
        tunnels: [...new Set(proxy.tunnels)],
        requests: sandbox.requests.length,
      },
      {
        message:
          "Import failed. The server could not prove that it is NAVER Cloud: its certificate is " +
          "not trusted. If your network inspects secure connections, have its certificate " +
          "installed on this computer.",
        severity: "error",
        confirmed: true,
        tunnels: [place],
        requests: 0,
      },
    );
  });
});
