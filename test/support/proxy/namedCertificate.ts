import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

const day = 86_400_000;

/**
 * A certificate for a host name, that nobody vouches for, and its private key, both in PEM and made
 * for the run. Whoever is given the certificate as one to trust accepts the host.
 */
export function namedCertificate(host: string): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  // ecdsa-with-SHA256
  const algorithm = sequence(element(0x06, Buffer.from("2a8648ce3d040302", "hex")));
  // commonName
  const label = sequence(element(0x06, Buffer.from("550403", "hex")), text(0x0c, host));
  const name = sequence(element(0x31, label));
  // subjectAltName with one dNSName
  const alternative = sequence(
    element(0x06, Buffer.from("551d11", "hex")),
    element(0x04, sequence(text(0x82, host))),
  );
  // RFC 5280, section 4.1: the fields in their order.
  const toBeSigned = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name,
    sequence(utcTime(Date.now() - day), utcTime(Date.now() + day)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    element(0xa3, sequence(alternative)),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  // A string of whole bytes: none of its last bits is unused.
  const bits = element(0x03, Buffer.concat([Buffer.from([0]), signature]));
  const lines =
    sequence(toBeSigned, algorithm, bits)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  const frame = (end: string) => `-----${end} CERTIFICATE-----`;
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: [frame("BEGIN"), ...lines, frame("END"), ""].join("\n"),
  };
}

/** One element of DER: its tag, its length, its content. */
function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function text(tag: number, content: string): Buffer {
  return element(tag, Buffer.from(content));
}

/** `YYMMDDHHMMSSZ`, which holds until 2049. */
function utcTime(time: number): Buffer {
  return text(
    0x17,
    new Date(time)
      .toISOString()
      .replace(/\.\d+|[-:T]/g, "")
      .slice(2),
  );
}
