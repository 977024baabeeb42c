import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseCommandLine, UsageError } from "../../sandbox/commandLine.ts";
import { signedHeaders } from "./signedClient.ts";

const main = fileURLToPath(new URL("../../sandbox/main.js", import.meta.url));

interface FirstLine {
  origin: string;
  accessKeyId: string;
  secretKey: string;
  apiKey: string;
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(...args: string[]): {
  child: ChildProcess;
  line: Promise<string>;
  end: Promise<Outcome>;
} {
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  const line = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes("\n")) resolve(stdout);
    });
  });
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const end = once(child, "close").then(([code]) => ({
    code: typeof code === "number" ? code : null,
    stdout,
    stderr,
  }));
  return { child, line, end };
}

describe("the sandbox's command line", function () {
  // Each starts Node anew, which takes a while on a busy machine.
  this.timeout(20_000);

  it("prints one line with what a client needs, serves, and ends when it is told to", async () => {
    const { child, line, end } = start("--api-keys", "7", "--limit-cap", "4");
    const { origin, accessKeyId, secretKey, apiKey } = JSON.parse(await line) as FirstLine;
    const request = async (path: string) => {
      const signed = signedHeaders({ accessKeyId, secretKey }, "GET", path, Date.now());
      const headers = { ...signed, "x-ncp-apigw-api-key": apiKey };
      return (await fetch(`${origin}${path}`, { headers })).json();
    };
    const { apiKeys, total } = (await request("/api/v1/api-keys")) as {
      apiKeys: unknown[];
      total: number;
    };
    const { totalCount } = (await request("/nsml/v1/auth-keys")) as { totalCount: number };
    child.kill("SIGTERM");
    const { code, stdout, stderr } = await end;
    assert.deepEqual([apiKeys.length, total, totalCount], [4, 7, 2]);
    assert.deepEqual(
      { code, lines: stdout.match(/\n/g)?.length, stderr },
      {
        code: 0,
        lines: 1,
        stderr: "",
      },
    );
  });

  it("explains itself", async () => {
    const { code, stdout } = await start("--help").end;
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: /);
    assert.match(stdout, /--limit-cap N/);
  });

  it("refuses bad arguments with a sentence and exit code 2", async () => {
    const { code, stdout, stderr } = await start("--api-keys", "many").end;
    assert.deepEqual(
      { code, stdout, stderr },
      {
        code: 2,
        stdout: "",
        stderr: '--api-keys has to be a whole number from 0 to 1000000, and not "many".\n',
      },
    );
  });

  it("points to its help for an option it does not know", async () => {
    const { code, stderr } = await start("--colour").end;
    assert.equal(code, 2);
    assert.equal(stderr, "Unknown option '--colour'. The option --help lists those there are.\n");
  });

  it("takes every number it names, and the documented defaults for the rest", () => {
    const args = ["--port", "8080", "--api-keys=1", "--sub-accounts=500", "--auth-keys", "0"];
    assert.deepEqual(parseCommandLine(args), {
      help: false,
      port: 8080,
      apiKeys: 1,
      subAccounts: 500,
      authKeys: 0,
      limitCap: 1000,
    });
  });

  it("knows what is out of range, unknown or superfluous", () => {
    const wrong = [
      ["--port", "65536"],
      ["--sub-accounts", "501"],
      ["--limit-cap", "0"],
      ["--auth-keys", "1.5"],
      ["--auth-keys"],
      ["--colour"],
      ["extra"],
    ];
    for (const args of wrong) assert.throws(() => parseCommandLine(args), UsageError);
  });
});
