import type { Account } from "../../../src/accounts/account.ts";
import { AccountStore } from "../../../src/accounts/accountStore.ts";
import type { Inventory } from "../../../src/inventory/inventory.ts";
import type { LocalKey } from "../../../src/inventory/localKeyIndex.ts";
import { nodeFetchTransport } from "../../../src/ncloud/nodeFetchTransport.ts";
import type { Transport } from "../../../src/ncloud/transport.ts";
import { Session, type SignedIn } from "../../../src/session/session.ts";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../sandbox/sandbox.ts";
import { FakeClock } from "../ncloud/support/fakeClock.ts";
import { credentialsOf } from "../ncloud/support/observed.ts";
import { FakeComputer } from "./fakeComputer.ts";

/** An NCP of our own, a computer without accounts, and a session of one window between them. */
export class World {
  readonly sandbox: Sandbox;
  readonly computer = new FakeComputer();
  readonly store: AccountStore;
  readonly session: Session;
  readonly clock = new FakeClock();
  /** The wire; a test may put something in between. */
  send: Transport["send"] = (request, signal) => nodeFetchTransport.send(request, signal);
  localKeys: readonly LocalKey[] = [];

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    const { secrets, globalState } = this.computer.openWindow();
    this.store = new AccountStore(secrets, globalState);
    this.session = new Session({
      store: this.store,
      client: {
        transport: { send: (request, signal) => this.send(request, signal) },
        clock: this.clock,
        log: () => undefined,
      },
      readLocalKeys: () => Promise.resolve(this.localKeys),
    });
  }

  static async open(options: SandboxOptions): Promise<World> {
    return new World(await startSandbox(options));
  }

  async close(): Promise<void> {
    this.session.dispose();
    this.store.dispose();
    await this.sandbox.close();
  }

  /** An account that signs for the sandbox, made up but for what is given. */
  account(changes: Partial<Account> = {}, sandbox = this.sandbox): Account {
    return {
      id: "account-1",
      label: "work",
      subAccountIds: [],
      ...credentialsOf(sandbox),
      ...changes,
    };
  }

  /** Signs in as if it had been done before; what that sent is not counted. */
  async signIn(changes: Partial<Account> = {}, sandbox = this.sandbox): Promise<Inventory> {
    await this.store.save(this.account(changes, sandbox));
    await this.session.reopen();
    return this.signedIn.inventory;
  }

  /** Signs the account out that was signed in first. */
  async signOut(): Promise<void> {
    await this.store.remove("account-1");
    await this.session.reopen();
  }

  get signedIn(): SignedIn {
    const { state } = this.session;
    if (state.status !== "signedIn") throw new TypeError(`The session is ${state.status}.`);
    return state;
  }

  /** The accounts in the keychain, with nothing of their secrets but which there are. */
  async stored(): Promise<readonly Record<string, unknown>[]> {
    const { accounts, active } = await this.store.list();
    const found: Record<string, unknown>[] = [];
    for (const { id } of accounts) {
      const stored = await this.store.read(id);
      if (stored.status !== "present") {
        found.push({ id, status: stored.status });
        continue;
      }
      const { label, accessKeyId, nsmlApiKey, nsmlApiKeyId, subAccountIds } = stored.account;
      found.push({
        label,
        accessKeyId,
        ...(nsmlApiKey && { nsmlApiKey: nsmlApiKey.reveal() }),
        ...(nsmlApiKeyId !== undefined && { nsmlApiKeyId }),
        ...(subAccountIds.length > 0 && { subAccountIds }),
        ...(id === active?.id && { active: true }),
      });
    }
    return found;
  }

  /** Method and path of every request so far, in the order they came. */
  get requests(): readonly string[] {
    return this.sandbox.requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`);
  }

  get posts(): number {
    return this.sandbox.requests.filter(({ method }) => method === "POST").length;
  }
}

/** A world for each test of the suite that calls this. */
export function useWorld(options: SandboxOptions = {}): () => World {
  let world: World | undefined;
  beforeEach(async () => {
    world = await World.open(options);
  });
  afterEach(() => world?.close());
  return () => {
    if (!world) throw new Error("There is a world only while a test runs.");
    return world;
  };
}

/** The state of a session in words. */
export function sessionText({ state }: Session): string {
  switch (state.status) {
    case "signedIn":
      return `signedIn ${state.account.label} of ${state.accountCount}`;
    case "credentialsMissing":
      return `credentialsMissing ${state.account?.label} ${state.error.kind}`;
    default:
      return state.status;
  }
}

export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

/** Something to hold an answer back with until the test says so. */
export function newGate(): Gate {
  const { promise, resolve } = withResolvers();
  return { opened: promise, open: resolve };
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  const parts: { resolve?: () => void } = {};
  const promise = new Promise<void>((resolve) => (parts.resolve = resolve));
  return { promise, resolve: () => parts.resolve?.() };
}

/** Resolves when everything that waited for something that has happened has gone on. */
export function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
