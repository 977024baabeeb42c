import fetch, { AbortError, FetchError, type Response } from "node-fetch";
import { RequestWatch } from "./requestWatch.ts";
import {
  maxAnswerBytes,
  TransportError,
  type Transport,
  type TransportFailure,
  type WireResponse,
} from "./transport.ts";

/**
 * Speaks HTTP through node-fetch. No agent is given on purpose: in the extension host VS Code
 * patches `http` and `https`, and that is how the user's proxy and certificates apply.
 */
export const nodeFetchTransport: Transport = {
  async send(request, signal) {
    // Node.js would believe any certificate, and the signature would go to whoever shows one.
    const isHttps = new URL(request.url).protocol === "https:";
    const unchecked = process.env[tlsSwitch] === "0" && isHttps;
    if (unchecked) throw new TransportError("certificate", new TlsSwitchedOff());
    const watch = new RequestWatch(request);
    /** Only a proxy that was to open the way to the server can answer what is encrypted in clear. */
    const isOfProxy = () => isHttps && watch.isAnsweredInClear;
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers: { ...request.headers },
        ...(request.body !== undefined && { body: request.body }),
        // A redirect would carry the signature and the API key to another host.
        redirect: "error",
        size: maxAnswerBytes,
        signal,
      });
      return await readResponse(response, isOfProxy());
    } catch (error) {
      if (error instanceof AbortError) throw signal.reason;
      const isProxys = isOfProxy() || (isHttps && !watch.hasSocket && isWithoutCode(error));
      throw new TransportError(isProxys ? "proxy" : failureOf(error), error);
    } finally {
      watch.dispose();
    }
  },
};

const tlsSwitch = "NODE_TLS_REJECT_UNAUTHORIZED";

/** The environment has switched off the checks of certificates. The log shows the code. */
class TlsSwitchedOff extends Error {
  override readonly name = "TlsSwitchedOff";
  readonly code = `${tlsSwitch}=0`;
}

async function readResponse(response: Response, isOfProxy: boolean): Promise<WireResponse> {
  // A proxy's page is often cut off on its way here, and nobody needs its words.
  const text = isOfProxy ? "" : await response.text();
  return {
    status: response.status,
    header: (name) => response.headers.get(name) ?? undefined,
    text,
    isOfProxy,
  };
}

/**
 * All that Node.js reports of a connection has a code. VS Code's proxy agent reports without one
 * that it found no way through the proxies, be it that they are down or that they hang up.
 */
function isWithoutCode(error: unknown): boolean {
  return error instanceof FetchError && error.type === "system" && error.code === undefined;
}

function failureOf(error: unknown): TransportFailure {
  if (!(error instanceof FetchError)) return failureOfCode(codeOf(error));
  switch (error.type) {
    case "max-size":
      return "tooLarge";
    case "no-redirect":
    case "invalid-redirect":
      return "redirect";
    default:
      return failureOfCode(error.code ?? codeOf(error.cause));
  }
}

/** What node says of a certificate (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const certificateCode =
  /^(?:ERR_TLS_CERT_ALTNAME|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|CRL_|ERROR_IN_C|PATH_LENGTH)/;

const tlsCode = /^(?:ERR_TLS|ERR_SSL|EPROTO)/;

/** The HTTP parser's, zlib's and Brotli's. */
const unreadableCode = /^(?:HPE_|Z_|ERR__ERROR_|ERR_BROTLI_)/;

function failureOfCode(code: string | undefined): TransportFailure {
  if (code === undefined) return "network";
  if (certificateCode.test(code)) return "certificate";
  if (tlsCode.test(code)) return "tls";
  if (unreadableCode.test(code)) return "unreadable";
  return ["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"].includes(code) ? "reset" : "network";
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
