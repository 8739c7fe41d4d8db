const tables = (() => {
  const all = Array.from({ length: 4 }, () => new Uint32Array(256));
  const [first] = all as [Uint32Array];
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    first[n] = c;
  }
  for (let t = 1; t < 4; t++) {
    for (let n = 0; n < 256; n++) {
      const before = (all[t - 1] as Uint32Array)[n] as number;
      (all[t] as Uint32Array)[n] = (before >>> 8) ^ (first[before & 255] as number);
    }
  }
  return all as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
})();

/** CRC-32 as zip archives use it, four bytes at a time. */
export const crc32 = (bytes: Uint8Array): number => {
  const [t0, t1, t2, t3] = tables;
  let c = 0xffffffff;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    c ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    c =
      (t3[c & 255] as number) ^
      (t2[(c >>> 8) & 255] as number) ^
      (t1[(c >>> 16) & 255] as number) ^
      (t0[c >>> 24] as number);
  }
  for (; at < bytes.length; at++) c = (c >>> 8) ^ (t0[(c ^ (bytes[at] as number)) & 255] as number);
  return ~c >>> 0;
};
