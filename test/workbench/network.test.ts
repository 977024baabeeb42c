import assert from "node:assert/strict";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { startConnectProxy, type ConnectProxy } from "../support/proxy/connectProxy.ts";
import { namedCertificate } from "../support/proxy/namedCertificate.ts";
import { makeHome, writeConfigure } from "../support/scene/home.ts";
import { openSignedInScene, type Scene } from "../support/scene/scene.ts";
import { changeSetting } from "../support/workbench/userSettings.ts";
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
  const home = makeHome();
  let sandbox: Sandbox;
  let proxy: ConnectProxy;
  let place: string;
  let workbench: Workbench;

  before(async () => {
    sandbox = await startSandbox({ tls: { key, cert }, apiKeys: 3, subAccounts: 2 });
    const { port } = new URL(sandbox.origin);
    place = `${host}:${port}`;
    proxy = await startConnectProxy({ [place]: Number(port) });
    const { accessKeyId, secretKey } = sandbox;
    writeConfigure(home, { accessKeyId, secretKey, origin: `https://${place}` });
    const settings = { "http.proxy": proxy.url };
    workbench = await Workbench.open({ home: home.path, settings });
    await workbench.openView();
  });

  after(async () => {
    await workbench.close();
    home.remove();
    await proxy.close();
    await sandbox.close();
  });

  /** Imports the account at the made-up name, answers that it is meant, and reads how that failed. */
  async function failedImport() {
    await workbench.runCommand("Ncloud Keys: Import Account…");
    await workbench.quickPick.choose("default");
    const { message, detail, buttons } = await workbench.dialog.read();
    await workbench.dialog.press(buttons.find((button) => button !== "Cancel")!);
    const said = await workbench.notifications.waitFor(/^Import failed\./);
    return { ...said, confirmed: `${message}\n${detail}` };
  }

  it("says that a certificate is not trusted, and has sent nothing", async () => {
    const { message, severity, confirmed } = await failedImport();
    await workbench.screenshot("certificate-not-trusted");
    await workbench.notifications.clear();
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

  it("says of whatever the proxy answers, and of one that is down, that it is the proxy", async () => {
    const refusals = [
      ["407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="office"'],
      ["403 Forbidden", "Content-Length: 9000", "Content-Type: text/html"],
      ["502 Bad Gateway"],
    ];
    const said: unknown[] = [];
    for (const lines of refusals) {
      proxy.refuseWith(...lines);
      said.push((await failedImport()).message);
      await workbench.notifications.clear();
    }
    const down = await startConnectProxy({});
    await down.close();
    await changeSetting(workbench, "http.proxy", down.url.replace("//", "//jiwoo:hunter2@"));
    said.push((await failedImport()).message);
    await workbench.screenshot("stopped-at-the-proxy");
    await workbench.notifications.clear();
    const sentence =
      "Import failed. The proxy gave no answer, or refused the request. Check the " +
      "proxy settings of VS Code and your sign-in at the proxy, then try again.";
    assert.deepEqual(
      { said, requests: sandbox.requests.length },
      { said: Array<string>(4).fill(sentence), requests: 0 },
    );
  });
});
