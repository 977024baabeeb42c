/** Runs and what happens in them without a word. A cancellation is reported, and nothing is said of it. */
const silent = /^(while|copySecret|reveal)|^report \w+ cancelled$| not asked$/;

/** The dialog or message that the person read last. */
export function lastTold(transcript: readonly string[]): string | undefined {
  return transcript.findLast((line) => !silent.test(line))?.split(" ")[0];
}

/** Calls that nobody expected, and answers that nobody asked for. */
export function surprises(transcript: readonly string[]): readonly string[] {
  return transcript.filter((line) => /nobody|not asked/.test(line));
}

/** Only the former: for a person who has an answer to everything that may come. */
export function withoutUnasked(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !line.endsWith("not asked"));
}
