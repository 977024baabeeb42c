import type { SignedIn } from "../session/session.ts";
import type { Services } from "./services.ts";
import { signIn } from "./signIn.ts";

/** Who is signed in; where nobody is, the person is offered to sign in and the command goes on. */
export async function requireSignedIn(
  services: Pick<Services, "session" | "signInPrompts" | "messages">,
): Promise<SignedIn | undefined> {
  const { session, messages } = services;
  const state = await session.open();
  if (state.status === "signedIn") return state;
  if (!(await messages.notSignedIn())) return undefined;
  await signIn(services);
  await session.reopen();
  return session.state.status === "signedIn" ? session.state : undefined;
}
