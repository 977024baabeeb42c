import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { WireRequest } from "./transport.ts";

/** What Node.js publishes there (https://nodejs.org/api/diagnostics_channel.html#http). */
interface Message {
  readonly request: ClientRequest;
  readonly response?: IncomingMessage;
}

const channels = ["http.client.request.start", "http.client.response.finish"];

/** It is made of the key, the time and what is asked for: requests that share it are the same. */
const signature = "x-ncp-apigw-signature-v2";

/** What Node.js knows of the way one request went, and node-fetch does not tell. */
export class RequestWatch {
  /** Whether it came so far that a socket carries it. */
  hasSocket = false;
  /** Whether the answer came without encryption. */
  isAnsweredInClear = false;
  readonly #see: (message: unknown) => void;

  constructor({ headers }: WireRequest) {
    this.#see = (message) => {
      const { request, response } = message as Message;
      if (request.getHeader(signature) !== headers[signature]) return;
      this.hasSocket = true;
      this.isAnsweredInClear = response !== undefined && !("encrypted" in response.socket);
    };
    for (const channel of channels) subscribe(channel, this.#see);
  }

  dispose(): void {
    for (const channel of channels) unsubscribe(channel, this.#see);
  }
}
