import type { CommandId } from "./commandIds.ts";
import { editorServices, type Composed } from "./editorServices.ts";
import { runCommand } from "./runCommand.ts";

export type RunCommand = (id: CommandId, args: readonly unknown[]) => Promise<void>;

/** The commands, with what they share in the editor. One module, so that one file is loaded for them. */
export function editorCommands(composed: Composed): RunCommand {
  const services = editorServices(composed);
  return (id, args) => runCommand(id, services, args);
}
