/**
 * Timestamps of outsiders (RFC 3161) over a checkpoint or an entry hash: reading a response and checking what it covers.
 * Which authority is trusted, and the arithmetic of its signature (RSA or ECDSA), are the caller's: they come in as a port.
 */
import { equalBytes, toHex } from "./bytes.ts";
import { type DerElement, derTime, oidText, readDer, readDerList } from "./der.ts";
import { sha256 } from "./hash.ts";
import { ok, refuse, type Refusal, type Result } from "./result.ts";

export type TimestampRefusal = Refusal<
  | "timestamp-malformed"
  | "timestamp-not-granted"
  | "timestamp-algorithm-unknown"
  | "timestamp-other-content"
  | "timestamp-attributes-wrong"
  | "timestamp-signature-wrong"
>;

/** A timestamp token taken apart; nothing is verified yet. Byte strings are DER as found. */
export type TimestampToken = {
  /** SHA-256 of what was stamped. */
  readonly imprint: Uint8Array;
  /** Unix seconds. */
  readonly time: number;
  readonly policy: string;
  readonly serial: string;
  /** The signed statement (TSTInfo). */
  readonly content: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly signer: {
    readonly digestAlgorithm: string;
    readonly signatureAlgorithm: string;
    /** The signed attributes, as a SET: what the signature is over. */
    readonly attributes: Uint8Array;
    /** Digest of `content` that the attributes name. */
    readonly messageDigest: Uint8Array;
    readonly signature: Uint8Array;
  };
};

const oid = {
  signedData: "1.2.840.113549.1.7.2",
  timestampInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  sha256: "2.16.840.1.101.3.4.2.1",
} as const;

/** Reads a TimeStampResp. Only SHA-256 is read, of what was stamped and of the statement. */
export function parseTimestampResponse(bytes: Uint8Array): Result<TimestampToken, TimestampRefusal> {
  const response = readDer(bytes);
  const [status, contentInfo] = children(response);
  const code = children(status)[0]?.content;
  if (code === undefined) return malformed("no status");
  if (code.length !== 1 || (code[0] ?? 9) > 1)
    return refuse({ code: "timestamp-not-granted", message: "The authority did not grant the timestamp." });
  const [type, wrapped] = children(contentInfo);
  if (oidOf(type) !== oid.signedData) return malformed("not signed data");
  const parts = children(children(wrapped)[0]);
  const [contentType, contentWrapped] = children(parts[2]);
  const content = children(contentWrapped)[0]?.content;
  if (oidOf(contentType) !== oid.timestampInfo || content === undefined) return malformed("not a timestamp");
  const info = readInfo(content);
  if (!info.ok) return info;
  const certificates = children(parts.find((part) => part.tag === 0xa0)).map((one) => one.bytes);
  const signers = children(parts.at(-1));
  const signer = readSigner(signers[0]);
  if (signers.length !== 1 || signer === undefined) return malformed("not exactly one signer");
  return ok({ ...info.value, content, certificates, signer });
}

/**
 * Checks that a token stamps these bytes: the imprint is theirs, the signed attributes name this very statement, and the
 * signature over the attributes is one of a certificate that the caller trusts. Gives the second before which the bytes
 * existed.
 */
export function verifyTimestamp(
  token: TimestampToken,
  stamped: Uint8Array,
  isSignedByTrusted: (token: TimestampToken) => boolean,
): Result<{ readonly time: number }, TimestampRefusal> {
  if (!equalBytes(token.imprint, sha256(stamped)))
    return refuse({ code: "timestamp-other-content", message: "The timestamp is one of other bytes." });
  if (token.signer.digestAlgorithm !== oid.sha256)
    return refuse({
      code: "timestamp-algorithm-unknown",
      message: "The statement is not digested with SHA-256.",
    });
  if (!equalBytes(token.signer.messageDigest, sha256(token.content)))
    return refuse({ code: "timestamp-attributes-wrong", message: "The signature covers another statement." });
  if (!isSignedByTrusted(token))
    return refuse({
      code: "timestamp-signature-wrong",
      message: "No trusted authority signed the timestamp.",
    });
  return ok({ time: token.time });
}

function readInfo(
  content: Uint8Array,
): Result<Pick<TimestampToken, "imprint" | "time" | "policy" | "serial">, TimestampRefusal> {
  const [version, policy, imprint, serial, genTime] = children(readDer(content));
  const [algorithm, digest] = children(imprint);
  const time = genTime === undefined ? undefined : derTime(genTime);
  const policyText = oidOf(policy);
  if (version?.content[0] !== 1 || policyText === undefined || serial?.tag !== 0x02 || time === undefined)
    return malformed("a statement of unknown form");
  if (oidOf(children(algorithm)[0]) !== oid.sha256 || digest?.content.length !== 32)
    return refuse({
      code: "timestamp-algorithm-unknown",
      message: "What was stamped is not a SHA-256 digest.",
    });
  return ok({ imprint: digest.content, time, policy: policyText, serial: toHex(serial.content) });
}

function readSigner(signer: DerElement | undefined): TimestampToken["signer"] | undefined {
  const [, , digest, attributes, algorithm, signature] = children(signer);
  const digestAlgorithm = oidOf(children(digest)[0]);
  const signatureAlgorithm = oidOf(children(algorithm)[0]);
  if (attributes?.tag !== 0xa0 || signature?.tag !== 0x04) return undefined;
  if (digestAlgorithm === undefined || signatureAlgorithm === undefined) return undefined;
  const messageDigest = attributeValue(attributes, oid.messageDigest)?.content;
  const contentType = attributeValue(attributes, oid.contentType);
  if (messageDigest === undefined || oidOf(contentType) !== oid.timestampInfo) return undefined;
  // Signed as a SET, sent with an implicit tag (RFC 5652 section 5.4).
  const set = attributes.bytes.slice();
  set[0] = 0x31;
  return {
    digestAlgorithm,
    signatureAlgorithm,
    attributes: set,
    messageDigest,
    signature: signature.content,
  };
}

function attributeValue(attributes: DerElement, type: string): DerElement | undefined {
  const found = children(attributes).filter((attribute) => oidOf(children(attribute)[0]) === type);
  const values = children(children(found[0])[1]);
  return found.length === 1 && values.length === 1 ? values[0] : undefined;
}

function children(element: DerElement | undefined): readonly DerElement[] {
  return element === undefined || (element.tag & 0x20) === 0 ? [] : (readDerList(element.content) ?? []);
}

function oidOf(element: DerElement | undefined): string | undefined {
  return element?.tag === 0x06 ? oidText(element.content) : undefined;
}

function malformed(what: string): { readonly ok: false; readonly refusal: TimestampRefusal } {
  return refuse({ code: "timestamp-malformed", message: `Not a timestamp response: ${what}.` });
}
