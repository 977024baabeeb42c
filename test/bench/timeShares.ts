import { Session, type Profiler } from "node:inspector";
import { promisify } from "node:util";

/** Milliseconds by owner: a file of ours, a package, a part of the machine, or nobody. */
export type Shares = Readonly<Record<string, number>>;

type Frame = Profiler.ProfileNode["callFrame"];

/** What V8 names in brackets because it is no function's. */
const ofNoFunction: ReadonlyMap<string, string> = new Map([
  ["(idle)", "waiting"],
  ["(garbage collector)", "garbage collector"],
  ["(program)", "no JavaScript"],
]);

const checkout = new URL("../../../", import.meta.url).href;
/** What is built into VS Code has no version in the name of its folder. */
const installed = /\/extensions\/(?!bench\.driver)[^/]+-\d+\.\d+\.\d+\//;
const microsecondsBetween = 200;

/**
 * Runs something a few times under V8's sampling profiler.
 *
 * @returns where the time of one run went. It takes longer than without a profiler, and what counts
 * is how the parts compare.
 */
export async function timeShares(run: () => unknown, times: number): Promise<Shares> {
  const session = new Session();
  session.connect();
  const post = promisify(session.post.bind(session)) as (
    method: string,
    parameters?: object,
  ) => Promise<unknown>;
  await post("Profiler.enable");
  await post("Profiler.setSamplingInterval", { interval: microsecondsBetween });
  await post("Profiler.start");
  for (let time = 0; time < times; time++) await run();
  const { profile } = (await post("Profiler.stop")) as Profiler.StopReturnType;
  session.disconnect();
  const owners = ownersOf(profile);
  const shares: Record<string, number> = {};
  profile.samples!.forEach((node, index) => {
    const owner = owners.get(node);
    // What was seen in a sample went on until the next one.
    const microseconds = profile.timeDeltas![index + 1] ?? 0;
    if (owner !== undefined) shares[owner] = (shares[owner] ?? 0) + microseconds / 1000 / times;
  });
  return shares;
}

/** The mean of several profiles of the same. */
export function meanOf(profiles: readonly Shares[]): Shares {
  const mean: Record<string, number> = {};
  for (const [owner, ms] of profiles.flatMap((shares) => Object.entries(shares))) {
    mean[owner] = (mean[owner] ?? 0) + ms / profiles.length;
  }
  return mean;
}

/** Whose each node of the tree of calls is. A node stands before those that it calls. */
function ownersOf({ nodes }: Profiler.Profile): ReadonlyMap<number, string> {
  const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((to) => [to, id])));
  const owners = new Map<number, string>();
  const ofProfiler = new Set<number>();
  for (const { id, callFrame } of nodes) {
    const caller = callers.get(id) ?? 0;
    const own = ofNoFunction.get(callFrame.functionName) ?? ownerOf(callFrame);
    const isProfilers = callFrame.url === import.meta.url || (!own && ofProfiler.has(caller));
    if (isProfilers) ofProfiler.add(id);
    else owners.set(id, own ?? owners.get(caller) ?? "Node.js by itself");
  }
  return owners;
}

/**
 * What Node.js does, it does for whoever called it. The event loop calls what goes on with a stream
 * or a socket, whosever that is.
 */
function ownerOf({ functionName, url }: Frame): string | undefined {
  // Under this name on both sides.
  if (functionName === "parseJson") return "JSON.parse";
  if (!url.startsWith("file:")) return undefined;
  const path = url.startsWith(checkout) ? url.slice(checkout.length) : "";
  const [, bundled] = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  const [, own] = /^out\/(?:test\/)?(.*)\.js$/.exec(path) ?? [];
  if (installed.test(url)) return "the extension";
  return bundled ?? (own === undefined ? "VS Code" : `${own}.ts`);
}
