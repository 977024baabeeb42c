/** Prints a line of a test: the output of a host is VS Code's as well, and a mark says which lines are ours. */
export function say(text: string): void {
  console.log(`${process.env["TEST_OUTPUT_MARK"] ?? ""}      ${text}`);
}
