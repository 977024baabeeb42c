import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

/** A proxy on loopback that carries secure connections, and knows where made-up names lead. */
export interface ConnectProxy {
  /** Such as `http://127.0.0.1:49152`. */
  readonly url: string;
  /** The `host:port` of every tunnel that was asked for, oldest first. */
  readonly tunnels: readonly string[];
  /** From now on no tunnel is opened, and the answer is this status line with its headers. */
  refuseWith(...lines: readonly string[]): void;
  /** Ends every tunnel and stops listening. */
  close(): Promise<void>;
}

/**
 * @param places where each `host:port` leads: a port of this machine. Anything else is refused, so
 * that nothing leaves it.
 */
export async function startConnectProxy(
  places: Readonly<Record<string, number>>,
): Promise<ConnectProxy> {
  const tunnels: string[] = [];
  let refusal: readonly string[] | undefined;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  };
  const server = createServer((_, response) => response.writeHead(403).end());
  server.on("connection", keep);
  server.on("connect", ({ url = "" }, client: Socket, head: Buffer) => {
    tunnels.push(url);
    const port = refusal ? undefined : places[url];
    if (port === undefined) {
      const [status = "403 Forbidden", ...headers] = refusal ?? [];
      client.end([`HTTP/1.1 ${status}`, ...headers, "", ""].join("\r\n"));
      return;
    }
    const target = connect(port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      target.write(head);
      target.pipe(client).pipe(target);
    });
    keep(target);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    refuseWith(...lines) {
      refusal = lines;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
