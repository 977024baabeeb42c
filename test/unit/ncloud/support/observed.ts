import { randomBytes } from "node:crypto";
import {
  NcloudClient,
  type Credentials,
  type RequestLogEntry,
} from "../../../../src/ncloud/ncloudClient.ts";
import { NcloudError } from "../../../../src/ncloud/ncloudError.ts";
import { nodeFetchTransport } from "../../../../src/ncloud/nodeFetchTransport.ts";
import { Secret } from "../../../../src/ncloud/secret.ts";
import { type Transport } from "../../../../src/ncloud/transport.ts";
import { type Sandbox } from "../../../sandbox/sandbox.ts";
import { FakeClock } from "./fakeClock.ts";

/** Forty characters that nobody has seen before. */
export function newSecret(): string {
  return randomBytes(20).toString("hex");
}

/** A client together with what a test looks at. */
export interface ObservedClient {
  readonly client: NcloudClient;
  readonly clock: FakeClock;
  readonly log: readonly RequestLogEntry[];
}

/** A client of the public zone with credentials of its own. */
export function clientOn(
  transport: Transport,
  changes: Partial<Credentials> = {},
  clock = new FakeClock(),
): ObservedClient {
  const log: RequestLogEntry[] = [];
  const credentials: Credentials = {
    zone: { kind: "public" },
    accessKeyId: "ncp_iam_TEST",
    secretKey: new Secret(newSecret()),
    nsmlApiKey: new Secret(newSecret()),
    ...changes,
  };
  const parts = { transport, clock, log: (entry: RequestLogEntry) => log.push(entry) };
  return { client: new NcloudClient(credentials, parts), clock, log };
}

/** What signs in at a sandbox, wherever it is to be reached. */
export function credentialsOf(sandbox: Sandbox, origin = sandbox.origin): Credentials {
  return {
    zone: { kind: "custom", origin },
    accessKeyId: sandbox.accessKeyId,
    secretKey: new Secret(sandbox.secretKey),
    nsmlApiKey: new Secret(sandbox.apiKeyValue),
  };
}

/** A client of a sandbox over the real wire. */
export function clientOf(sandbox: Sandbox, changes: Partial<Credentials> = {}): ObservedClient {
  return clientOn(nodeFetchTransport, { ...credentialsOf(sandbox), ...changes });
}

/** A signal that is never aborted. */
export function never(): AbortSignal {
  return new AbortController().signal;
}

/**
 * How a request ended: its value, or the kind and facts of its NcloudError without what node itself
 * adds. Any other error is none that a caller knows how to take, and goes on to fail the test.
 */
export async function outcomeOf(request: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    return { value: await request };
  } catch (error) {
    if (!(error instanceof NcloudError)) throw error;
    const outcome: Record<string, unknown> = { kind: error.kind, ...error.facts };
    delete outcome["cause"];
    return outcome;
  }
}

/** The kind of failure a request ended with, or "none". */
export async function kindOf(request: Promise<unknown>): Promise<unknown> {
  const outcome = await outcomeOf(request);
  return outcome["kind"] ?? "none";
}
