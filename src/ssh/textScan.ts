/*
 * Positions in a text of keys. White space is space, tab, and at line ends CR: Unicode's other
 * spaces belong to the text. Loops, because `/\s+$/` takes time quadratic in a run of spaces.
 */

const byteOrderMark = 0xfeff;
const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;

function isBlank(code: number): boolean {
  return code === space || code === tab;
}

/** Where the text ends but for white space and line ends. */
export function contentEnd(text: string): number {
  let end = text.length;
  while (end > 0) {
    const code = text.charCodeAt(end - 1);
    if (!isBlank(code) && code !== lineFeed && code !== carriageReturn) break;
    end -= 1;
  }
  return end;
}

/** The start of the first line that is not blank, behind a byte order mark; `end` if all are. */
export function contentStart(text: string, end: number): number {
  let lineStart = text.charCodeAt(0) === byteOrderMark ? 1 : 0;
  for (let at = lineStart; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === lineFeed) lineStart = at + 1;
    else if (!isBlank(code) && code !== carriageReturn) return lineStart;
  }
  return end;
}

/** The lines of a text without white space at their ends. */
export function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.slice(0, contentEnd(line)));
}

/** Where the field that starts at `start` ends. */
export function fieldEnd(line: string, start: number): number {
  const atSpace = line.indexOf(" ", start);
  const end = atSpace < 0 ? line.length : atSpace;
  const atTab = line.indexOf("\t", start);
  return atTab < 0 || atTab > end ? end : atTab;
}

/** Where the next field starts, or the line ends. */
export function skipBlanks(line: string, start: number): number {
  let at = start;
  while (at < line.length && isBlank(line.charCodeAt(at))) at += 1;
  return at;
}
