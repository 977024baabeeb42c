import { parseArgs } from "node:util";
import { MOST_SUB_ACCOUNTS } from "./accountGenerator.ts";

export const USAGE = `Usage: node out/test/sandbox/main.js [options]

Serves a made-up NCP account on 127.0.0.1 until it is interrupted. Prints one line of JSON:
{"origin","accessKeyId","secretKey","apiKey"}

  --port N          the port to listen on (default: any free one)
  --api-keys N      how many API keys the account has (default: 3)
  --sub-accounts N  how many sub accounts, at most ${MOST_SUB_ACCOUNTS} (default: 2)
  --auth-keys N     how many NSML auth keys (default: 2)
  --limit-cap N     the most API keys on a page (default: 1000)
  --help            show this text
`;

/** Something in the arguments is wrong; the message says what. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export interface CommandLine {
  readonly help: boolean;
  readonly port: number;
  readonly apiKeys: number;
  readonly subAccounts: number;
  readonly authKeys: number;
  readonly limitCap: number;
}

/**
 * @param args what follows the name of the script
 * @throws UsageError
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const values = parseValues(args);
  return {
    help: values.help === true,
    port: wholeNumber("--port", values.port ?? "0", 0, 65_535),
    apiKeys: wholeNumber("--api-keys", values["api-keys"] ?? "3", 0, 1_000_000),
    subAccounts: wholeNumber("--sub-accounts", values["sub-accounts"] ?? "2", 0, MOST_SUB_ACCOUNTS),
    authKeys: wholeNumber("--auth-keys", values["auth-keys"] ?? "2", 0, 100_000),
    limitCap: wholeNumber("--limit-cap", values["limit-cap"] ?? "1000", 1, 1_000_000),
  };
}

function parseValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        "api-keys": { type: "string" },
        "sub-accounts": { type: "string" },
        "auth-keys": { type: "string" },
        "limit-cap": { type: "string" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    const complaint = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${complaint}. The option --help lists those there are.`, {
      cause: error,
    });
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < least || Number(text) > most)
    throw new UsageError(
      `${name} has to be a whole number from ${least} to ${most}, and not "${text}".`,
    );
  return Number(text);
}
