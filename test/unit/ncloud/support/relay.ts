import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface Relay {
  /** As the server's, with a port of its own. */
  readonly origin: string;
  /** Says something to every client in the server's place. */
  say(bytes: Buffer): void;
  close(): Promise<void>;
}

/** Passes bytes on between clients and a server of this computer, and can put in its own. */
export async function startRelay(server: URL): Promise<Relay> {
  const clients = new Set<Socket>();
  const relay = createServer((client) => {
    const upstream = connect(Number(server.port), server.hostname);
    clients.add(client);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      // Either side may hang up on the other; that is what the relay is for.
      socket.on("error", () => undefined);
      socket.on("close", () => other.destroy());
      socket.pipe(other);
    }
  });
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  const address = relay.address();
  if (address === null || typeof address === "string") throw new TypeError("No port.");
  return {
    origin: `${server.protocol}//127.0.0.1:${address.port}`,
    say: (bytes) => clients.forEach((client) => client.write(bytes)),
    async close() {
      relay.close();
      for (const client of clients) client.destroy();
      await once(relay, "close");
    },
  };
}
