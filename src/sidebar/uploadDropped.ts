import { commands, Uri, type CancellationToken, type DataTransfer } from "vscode";
import { DroppedFile } from "../ui/droppedFile.ts";

const uriList = "text/uri-list";

/** Uploads the files that are dropped on the tree, wherever on it. */
export async function uploadDropped(
  dropped: DataTransfer,
  token: CancellationToken,
): Promise<void> {
  const files = await filesOf(dropped);
  if (token.isCancellationRequested || files.length === 0) return;
  await commands.executeCommand("ncloudKeys.uploadPublicKey", files[0], files);
}

async function filesOf(dropped: DataTransfer): Promise<readonly (Uri | DroppedFile)[]> {
  const list = await dropped.get(uriList)?.asString();
  const uris = (list ?? "").split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  if (uris.length > 0) return uris.map((uri) => Uri.parse(uri));
  const files: (Uri | DroppedFile)[] = [];
  for (const [, item] of dropped) {
    const file = item.asFile();
    if (file) files.push(file.uri ?? new DroppedFile(file.name, await file.data()));
  }
  return files;
}
