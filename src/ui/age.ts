import { env, l10n } from "vscode";
import { daysSince } from "../report/keyAge.ts";

/** How old something is, in the unit a person would use. */
export function ageText(time: number, now = Date.now()): string {
  const days = daysSince(time, now);
  if (days === 0) return l10n.t("today");
  if (days === 1) return l10n.t("1 day old");
  if (days < 60) return l10n.t("{0} days old", days);
  if (days < 730) return l10n.t("{0} months old", Math.floor(days / 30.44));
  return l10n.t("{0} years old", Math.floor(days / 365.25));
}

/** The same for a row of the sidebar, where room is short. */
export function shortAgeText(time: number, now = Date.now()): string {
  const days = daysSince(time, now);
  if (days === 0) return l10n.t("today");
  if (days === 1) return l10n.t("1 day");
  if (days < 60) return l10n.t("{0} days", days);
  if (days < 730) return l10n.t("{0} months", Math.floor(days / 30.44));
  return l10n.t("{0} years", Math.floor(days / 365.25));
}

/** Making a format takes far longer than using it, and a page of key health uses them for every key. */
const dateFormats = new Map<string | undefined, Intl.DateTimeFormat>();
let countFormat: Intl.NumberFormat | undefined;

/**
 * A day in the display language's order.
 *
 * @param time milliseconds since the epoch
 * @param timeZone this computer's when undefined
 */
export function dateText(time: number, timeZone?: string): string {
  let format = dateFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat(env.language, { dateStyle: "medium", timeZone });
    dateFormats.set(timeZone, format);
  }
  return format.format(time);
}

/** A count with the display language's separators. */
export function countText(count: number): string {
  countFormat ??= new Intl.NumberFormat(env.language);
  return countFormat.format(count);
}
