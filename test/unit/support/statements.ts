import type { Services } from "../../../src/commands/services.ts";
import type { ChangeReports } from "../../../src/ui/changeDialogs.ts";
import type { GenerateMessages } from "../../../src/ui/generateMessages.ts";
import type { RotateDialogs } from "../../../src/ui/rotateDialogs.ts";

/** Says no more than that it was called. */
export const said = () => undefined;

/** The messages that ask for nothing. The others need an answer. */
export const statements: Partial<Services["messages"]> = {
  signedIn: said,
  signedOut: said,
  switchedTo: said,
  renamed: said,
  removedAll: said,
  usesApiKey: said,
  connectionTested: said,
  nothingStored: said,
  alreadyUploading: said,
  uploadCancelled: said,
  uploadUnlisted: said,
  uploadUnsettled: said,
  // What these two offer is left alone.
  uploaded: () => Promise.resolve(false),
  alreadyUploaded: () => Promise.resolve(false),
  subAccountIdAdded: said,
  keyRefusedByNsml: said,
  nsmlNotInZone: said,
  nothingToCopy: said,
  noConsole: said,
  notARow: said,
};

export const changeReports: Partial<ChangeReports> = {
  // What these two offer is left alone.
  changed: () => Promise.resolve(false),
  summary: () => Promise.resolve(false),
  uncertain: said,
  uncertainAccessKey: said,
  stopped: said,
  notUndone: said,
  edited: said,
  notRestored: said,
  creationUncertain: said,
  notStoredForNsml: said,
};

export const rotateReports: Partial<RotateDialogs> = {
  noRoom: said,
  notReplaced: said,
  bothActive: said,
  oldIsOff: said,
  unusedLeft: said,
  oldAuthKeyUntouched: said,
  bothInNsml: said,
  secondaryOnly: said,
  bothRenewed: () => Promise.resolve(false),
};

export const generateStatements: Partial<GenerateMessages> = {
  generated: said,
  generationCancelled: said,
  fileExists: said,
  passphraseNotTaken: said,
};
