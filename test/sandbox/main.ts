import { parseCommandLine, USAGE, UsageError } from "./commandLine.ts";
import { startSandbox } from "./sandbox.ts";

try {
  const { help, ...options } = parseCommandLine(process.argv.slice(2));
  if (help) process.stdout.write(USAGE);
  else await serve(options);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function serve(options: Parameters<typeof startSandbox>[0]): Promise<void> {
  const sandbox = await startSandbox(options);
  const { origin, accessKeyId, secretKey, apiKeyValue: apiKey } = sandbox;
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void sandbox.close());
  process.stdout.write(`${JSON.stringify({ origin, accessKeyId, secretKey, apiKey })}\n`);
}
