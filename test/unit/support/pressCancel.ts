import { nodeFetchTransport } from "../../../src/ncloud/nodeFetchTransport.ts";
import type { HttpMethod } from "../../../src/ncloud/signature.ts";
import { never } from "../ncloud/support/observed.ts";
import type { FakeServices } from "./fakeServices.ts";
import type { World } from "./world.ts";

/** One of the requests that are sent while there is a Cancel button. */
export interface CancelPoint {
  readonly method: HttpMethod;
  /** From 1 on: which of those with this method. */
  readonly nth: number;
  /** Whether NCP has carried it out by then, and its answer comes too late. */
  readonly isDone: boolean;
}

/** Has the person press Cancel at a request. Tells afterwards whether they did. */
export function pressCancel(
  world: World,
  { progress }: FakeServices,
  { method, nth, isDone }: CancelPoint,
): () => boolean {
  let left = nth;
  world.send = async (request, signal) => {
    const isMeant = progress.isShown && request.method === method && --left === 0;
    if (!isMeant) return nodeFetchTransport.send(request, signal);
    const answer = isDone ? await nodeFetchTransport.send(request, never()) : undefined;
    progress.cancel();
    signal.throwIfAborted();
    return answer ?? nodeFetchTransport.send(request, signal);
  };
  return () => left <= 0;
}

/** Such as `GET 2, too late`. */
export function nameOfPoint({ method, nth, isDone }: CancelPoint): string {
  return `${method} ${nth}${isDone ? ", carried out" : ""}`;
}
