/**
 * What node-fetch brings polyfills of, from Node.js, which has had them since version 20. The
 * bundle takes this in place of `fetch-blob` and `formdata-polyfill`.
 */
const { Blob, File, FormData } = globalThis;
export { Blob, File, FormData };
// The package exports it both ways.
export { Blob as default };

/** We send JSON only. */
export function formDataToBlob() {
  throw new TypeError("No form data is sent from here.");
}

export const [blobFrom, blobFromSync, fileFrom, fileFromSync] = [];
