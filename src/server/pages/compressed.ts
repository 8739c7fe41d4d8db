/** Bytes in the encodings that browsers ask for, made once and kept. */
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

export type Encoding = "br" | "gzip" | "identity";

/** What can be made smaller; pictures, fonts, archives and WebAssembly builds of them are already. */
const compressible =
  /^(?:text\/|application\/(?:json|javascript|xml|wasm|manifest\+json|ld\+json|atom\+xml)|image\/svg)/u;

/** What browsers send is the same few texts over and over; reading one costs more than all the rest of a page. */
const readBefore = new Map<string, Encoding>();

/** The best encoding that the reader takes. Of weights, only 0 counts: nobody sends others for these in earnest. */
export function encodingFor(accepted: string | undefined): Encoding {
  if (accepted === undefined) return "identity";
  const known = readBefore.get(accepted);
  if (known !== undefined) return known;
  const encoding = readAccepted(accepted);
  if (readBefore.size < 100 && accepted.length < 200) readBefore.set(accepted, encoding);
  return encoding;
}

function readAccepted(accepted: string): Encoding {
  if (/\bbr\b/u.test(accepted) && !/\bbr\s*;\s*q=0(?:\.0*)?(?:,|$)/u.test(accepted)) return "br";
  return /\bgzip\b/u.test(accepted) && !/\bgzip\s*;\s*q=0(?:\.0*)?(?:,|$)/u.test(accepted)
    ? "gzip"
    : "identity";
}

export function isCompressible(contentType: string): boolean {
  return compressible.test(contentType);
}

/** Quality 5 takes a millisecond for a page; what is built ahead is compressed harder at build time. */
export function compress(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  if (encoding === "br")
    return brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
  return encoding === "gzip" ? gzipSync(bytes, { level: 6 }) : bytes;
}
