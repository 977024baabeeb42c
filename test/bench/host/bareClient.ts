import { createHmac } from "node:crypto";
import http from "node:http";
import type { BenchAccount } from "../server.ts";

/** The least that gets a signed answer: Node's `http`, kept-alive connections, `JSON.parse`. */
export class BareClient {
  readonly #account: BenchAccount;
  readonly #agent = new http.Agent({ keepAlive: true });

  constructor(account: BenchAccount) {
    this.#account = account;
  }

  /** @param path of the resource, with its query, as it is signed and sent. */
  get(path: string): Promise<unknown> {
    const { origin, accessKeyId, secretKey } = this.#account;
    const timestamp = String(Date.now());
    const text = `GET ${path}\n${timestamp}\n${accessKeyId}`;
    const headers = {
      // The editor's http opens a socket for every request of who does not ask for this.
      connection: "keep-alive",
      "x-ncp-apigw-timestamp": timestamp,
      "x-ncp-iam-access-key": accessKeyId,
      "x-ncp-apigw-signature-v2": createHmac("sha256", secretKey).update(text).digest("base64"),
    };
    return new Promise((resolve, reject) => {
      const request = http.request(
        `${origin}${path}`,
        { headers, agent: this.#agent },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.once("error", reject);
          answer.once("end", () => resolve(parseJson(Buffer.concat(chunks).toString())));
        },
      );
      request.once("error", reject);
      request.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Under the name that the profile knows it by. */
function parseJson(text: string): unknown {
  return JSON.parse(text);
}
