import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");

/** Collects all garbage there is, in a process that was started without the flag for it. */
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes that are in use once all garbage is collected. */
export function usedHeap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
