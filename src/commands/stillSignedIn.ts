import type { Session, SignedIn } from "../session/session.ts";

/**
 * The account of a command that took a while, as it signs now: it may have got other credentials
 * meanwhile. Undefined when it is not the account in view any more.
 */
export async function stillSignedIn(
  session: Session,
  { account }: SignedIn,
): Promise<SignedIn | undefined> {
  await session.reopen();
  const { state } = session;
  return state.status === "signedIn" && state.account.id === account.id ? state : undefined;
}
