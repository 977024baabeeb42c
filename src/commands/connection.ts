import { consoleUrl } from "../ncloud/zone.ts";
import { testServices } from "../session/testServices.ts";
import { requireSignedIn } from "./requireSignedIn.ts";
import type { Services } from "./services.ts";

/** Asks each service for the least there is, and says how each one went. */
export async function testConnection(
  services: Pick<Services, "session" | "messages" | "signInPrompts">,
): Promise<void> {
  const { messages } = services;
  const signedIn = await requireSignedIn(services);
  if (!signedIn) return;
  try {
    const results = await messages.whileChecking((signal) =>
      testServices(signedIn.inventory, signal),
    );
    messages.connectionTested(results);
  } catch (error) {
    await messages.report("testConnection", error);
  }
}

/** Opens the console of the active account's zone, or the public one. */
export async function openConsole({
  session,
  computer,
  messages,
}: Pick<Services, "session" | "computer" | "messages">): Promise<void> {
  const state = await session.open();
  const url = consoleUrl(state.status === "signedIn" ? state.account.zone : { kind: "public" });
  if (url === undefined) messages.noConsole();
  else await computer.openInBrowser(url);
}
