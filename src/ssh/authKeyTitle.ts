/**
 * What is wrong with the title of an NSML auth key. The rule is that of the API page "Create
 * authentication key", field `title`; a maximum length is not documented.
 */
export type TitleProblem =
  | { readonly kind: "empty" }
  /** Neither a letter A-Z or a-z, nor a digit, nor a hyphen: the first such character. */
  | { readonly kind: "badCharacter"; readonly character: string }
  /** Begins with a digit or a hyphen. */
  | { readonly kind: "badStart" }
  | { readonly kind: "doubleHyphen" };

export function checkTitle(title: string): TitleProblem | undefined {
  if (title === "") return { kind: "empty" };
  const character = /[^A-Za-z0-9-]/u.exec(title)?.[0];
  if (character !== undefined) return { kind: "badCharacter", character };
  if (!/^[A-Za-z]/.test(title)) return { kind: "badStart" };
  return title.includes("--") ? { kind: "doubleHyphen" } : undefined;
}

/** Long enough for any name a person types, short enough for a row of the sidebar. */
const maxSuggestedLength = 64;

/**
 * A title that may be used: made from a key's comment, else from its file's name, else `key`, with
 * a number at the end when it is taken.
 *
 * @param fileName with or without `.pub`; empty when there is no file.
 * @param taken the titles in use. NSML does not document that case is ignored: it is not, here.
 */
export function suggestTitle(
  comment: string,
  fileName: string,
  taken: ReadonlySet<string>,
): string {
  const base = toTitle(comment) ?? toTitle(fileName.replace(/\.pub$/i, "")) ?? "key";
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** The letters and digits of `text` with single hyphens for all else; undefined without letters. */
function toTitle(text: string): string | undefined {
  const words = text
    .slice(0, 4 * maxSuggestedLength)
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  if (!words.some((word) => /[A-Za-z]/.test(word))) return undefined;
  const title = words.join("-");
  const started = /^[A-Za-z]/.test(title) ? title : `key-${title}`;
  return started.slice(0, maxSuggestedLength).replace(/-$/, "");
}
