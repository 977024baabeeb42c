/** A file that was dropped on the view and has no address, as in a browser: its content is all there is. */
export class DroppedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;

  constructor(fileName: string, bytes: Uint8Array) {
    this.fileName = fileName;
    this.bytes = bytes;
  }
}
