import { parseArgs } from "node:util";

export const usage = `npm start [-- options]: the extension in a VS Code in your browser

  --locale en|ko  the language it is shown in (default: en)
  --port N        the port to serve on (default: any free one; with --own-home 8419)
  --own-home      your own home folder and the real NAVER Cloud Platform, behind a password,
                  in place of a made-up account and a home folder that is thrown away
  --help          show this text
`;

/** Browsers keep what they store for an origin, so that a changing port would lose the sign-in. */
const ownHomePort = 8419;
const locales = ["en", "ko"] as const;

export interface StartOptions {
  readonly help: boolean;
  readonly ownHome: boolean;
  readonly locale: (typeof locales)[number];
  /** 0 for any free one. */
  readonly port: number;
}

/** Something in the arguments is wrong; the message says what. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * @param args what follows the name of the script
 * @throws UsageError
 */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const values = parseValues(args);
  const ownHome = values["own-home"] === true;
  const locale = locales.find((known) => known === (values.locale ?? "en"));
  if (locale === undefined) {
    throw new UsageError(`--locale is ${locales.join(" or ")}, and not "${values.locale ?? ""}".`);
  }
  const port = values.port ?? String(ownHome ? ownHomePort : 0);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError(`--port is a whole number up to 65535, and not "${port}".`);
  }
  return { help: values.help === true, ownHome, locale, port: Number(port) };
}

function parseValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean" },
        "own-home": { type: "boolean" },
        locale: { type: "string" },
        port: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
