import type { KeychainError } from "../accounts/keychainError.ts";
import type { SignedIn } from "../session/session.ts";
import type { Services } from "./services.ts";
import { signIn } from "./signIn.ts";

/** Lost credentials can only be typed again; others may still be had. */
function isLost({ kind }: KeychainError): boolean {
  return kind === "missing" || kind === "unreadable";
}

/** Who is signed in; where nobody is, the person is offered to sign in and the command goes on. */
export async function requireSignedIn(
  services: Pick<Services, "session" | "signInPrompts" | "messages">,
): Promise<SignedIn | undefined> {
  const { session, messages } = services;
  let state = await session.open();
  if (state.status === "credentialsMissing") {
    // The keychain may have been unlocked since.
    await session.reopen();
    state = session.state;
  }
  if (state.status === "signedIn") return state;
  if (state.status === "credentialsMissing" && !isLost(state.error)) {
    return (await messages.report("run", state.error)) ? requireSignedIn(services) : undefined;
  }
  if (!(await messages.notSignedIn())) return undefined;
  await signIn(services);
  await session.reopen();
  return session.state.status === "signedIn" ? session.state : undefined;
}
