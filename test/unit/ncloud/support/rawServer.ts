import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

export interface RawServer {
  /** Such as `http://127.0.0.1:49152`. */
  readonly origin: string;
  /** How many connections were made to it. */
  readonly connections: number;
  close(): Promise<void>;
}

/**
 * A server on 127.0.0.1 that hands over the connection as soon as a request's head is in: for
 * answers that no HTTP server would give.
 */
export async function startRawServer(answer: (socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A client that goes away in the middle is what some of the answers are for.
    socket.on("error", () => undefined);
    let head = "";
    socket.on("data", (chunk: Buffer) => {
      head += chunk.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      head = "";
      answer(socket);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("No port.");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    get connections() {
      return connections;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server, "close");
    },
  };
}

/** An HTTP answer as bytes: 200, its length given, nothing else unless told so. */
export function httpAnswer(body: Buffer, headers: Readonly<Record<string, string>> = {}): Buffer {
  const lines = Object.entries({ "content-length": String(body.length), ...headers });
  const head = ["HTTP/1.1 200 OK", ...lines.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]);
}
