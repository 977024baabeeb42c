/** The tools that an assistant may use. The manifest contributes exactly these. */
export const toolNames = [
  "ncloudKeys_listAccounts",
  "ncloudKeys_listKeys",
  "ncloudKeys_keyHealth",
] as const;

export type ToolName = (typeof toolNames)[number];
