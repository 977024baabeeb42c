import { once } from "node:events";
import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Socket } from "node:net";
import { generateAccount } from "./accountGenerator.ts";
import { type AddedFault, type Fault, FaultList } from "./faults.ts";
import { KeyHistory } from "./keyHistory.ts";
import { RequestLog, type RequestRecord } from "./requestLog.ts";
import type { RequestMatch } from "./requestMatch.ts";
import { requestListener } from "./server.ts";
import type { AccountState, Service, Switches } from "./state.ts";

export interface SandboxOptions extends Partial<Switches> {
  readonly apiKeys?: number;
  /** At most 500. */
  readonly subAccounts?: number;
  readonly authKeys?: number;
  /** The same seed makes the same account up, but for its secrets. */
  readonly seed?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** What the main account's access key may not use. */
  readonly deny?: readonly Service[];
  /**
   * Off: the history looks for changes at writes only. With 500 sub accounts a look takes a tenth of
   * a millisecond, which a bench would measure.
   */
  readonly looksBeforeReads?: boolean;
  /** Given, the sandbox speaks https. Both in PEM. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface Sandbox {
  /** Such as `http://127.0.0.1:49152`: all three services live under it. */
  readonly origin: string;
  /** The main account's access key ID and secret key. */
  readonly accessKeyId: string;
  readonly secretKey: string;
  /** The primary value of the newest API key, which is enabled; empty if the account has none. */
  readonly apiKeyValue: string;
  readonly state: AccountState;
  /** Which keys worked when, from the start on. */
  readonly history: KeyHistory;
  addFault(fault: Fault): AddedFault;
  clearFaults(): void;
  /** Every request so far, oldest first. */
  readonly requests: readonly Readonly<RequestRecord>[];
  resetRequests(): void;
  /** Resolves when the next matching request has arrived, before it is answered. */
  nextRequest(match?: RequestMatch): Promise<Readonly<RequestRecord>>;
  /** Resolves when no request is under way: each was answered, or its client went away. */
  idle(): Promise<void>;
  /** How many sockets were opened so far. */
  readonly connections: number;
  /** Ends every socket and stops listening. */
  close(): Promise<void>;
}

/** Starts an NCP of one made-up account on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const state = generateState(options);
  const history = new KeyHistory(state);
  const faults = new FaultList();
  const log = new RequestLog();
  const { looksBeforeReads = true } = options;
  const parts = { state, history, faults, log, looksBeforeReads };
  const server = createServer(options, requestListener(parts));
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });

  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const closed = once(server, "close");

  const [main] = state.accessKeys;
  const [newest] = state.apiKeys.page(0, 1);
  return {
    origin: originOf(server, options.tls === undefined ? "http" : "https"),
    accessKeyId: main?.accessKey ?? "",
    secretKey: main?.secretKey ?? "",
    apiKeyValue: newest === undefined ? "" : state.apiKeys.valuesOf(newest.apiKeyId).primaryKey,
    state,
    history,
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    requests: log.records,
    resetRequests: () => void log.records.splice(0),
    nextRequest: (match = {}) => log.next(match),
    idle: () => log.idle(),
    get connections() {
      return connections;
    },
    async close() {
      if (server.listening) server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function generateState(options: SandboxOptions): AccountState {
  const switches = switchesOf(options);
  return generateAccount({
    apiKeys: options.apiKeys ?? 3,
    subAccounts: options.subAccounts ?? 2,
    authKeys: options.authKeys ?? 2,
    seed: options.seed ?? "ncloud-keys",
    now: Date.now() + switches.clockOffset,
    deny: options.deny ?? [],
    switches,
  });
}

function switchesOf(options: SandboxOptions): Switches {
  return {
    nsmlSubscribed: options.nsmlSubscribed ?? true,
    apiGatewayOpened: options.apiGatewayOpened ?? true,
    refuseRealNistp256: options.refuseRealNistp256 ?? false,
    listApiKeyValues: options.listApiKeyValues ?? false,
    limitCap: options.limitCap ?? 1000,
    mostActiveAccessKeys: options.mostActiveAccessKeys ?? 2,
    clockOffset: options.clockOffset ?? 0,
  };
}

function createServer(
  { tls }: SandboxOptions,
  listener: ReturnType<typeof requestListener>,
): Server {
  // An idle connection outlives any test: a client that reuses one must not race its end.
  const settings = { keepAliveTimeout: 120_000 };
  return tls === undefined
    ? createHttpServer(settings, listener)
    : createHttpsServer({ ...settings, ...tls }, listener);
}

function originOf(server: Server, scheme: string): string {
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new TypeError("The server has no port.");
  return `${scheme}://127.0.0.1:${address.port}`;
}
