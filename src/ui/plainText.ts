/**
 * Text from servers, files and keychains, made fit to be shown. Characters that a person cannot see
 * (control characters, direction and zero-width marks) are written out, and no text becomes markup.
 */

const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
const longestLabel = 200;

/** For a label, a description or an accessibility label. */
export function plain(text: string): string {
  const short = text.length > longestLabel ? `${text.slice(0, longestLabel)}…` : text;
  return short.replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code === 0x0a || code === 0x09 ? " " : `\\u{${code.toString(16)}}`;
  });
}

/** For a quick pick, where `$(name)` would become an icon. */
export function plainInPick(text: string): string {
  return plain(text).replaceAll("$(", "$\u2060(");
}

/** For a message, where `[text](target)` would become a link. */
export function plainInMessage(text: string): string {
  return plain(text).replaceAll("](", "]\u2060(");
}

/** For Markdown: every ASCII character that could mean something there becomes an entity. */
export function plainInMarkdown(text: string): string {
  return plain(text).replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`);
}
