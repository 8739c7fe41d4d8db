// A receipt that is photographed at home carries the address of whoever hides there.
import * as fc from "fast-check";
import { zlibSync } from "fflate";
import { expect, test } from "vitest";
import { crc32 } from "#dossier/crc32.ts";
import { expectOk } from "#record/result.ts";
import { cleanImage } from "./clean-image.ts";
import { orientationOnly, readExif } from "./exif.ts";
import { inspectPdf } from "./inspect-pdf.ts";
import { joined } from "./metadata.ts";
import { receiptWords } from "./receipt-words.ts";

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const all = (...parts: readonly (Uint8Array | readonly number[] | string)[]) =>
  joined(parts.map((part) => (typeof part === "string" ? ascii(part) : Uint8Array.from(part))));
const big = (value: number, size = 4) =>
  Array.from({ length: size }, (_, at) => (value >>> (8 * (size - 1 - at))) & 255);
const little = (value: number, size = 4) => big(value, size).toReversed();

/** EXIF as a phone writes it: model, orientation, time, GPS 43°14'16.8" N, 76°56'42" E, and a small picture behind it. */
function phoneExif(orientation: number, order: "II" | "MM" = "MM", north = "N"): Uint8Array {
  const number = order === "MM" ? big : little;
  const entry = (tag: number, type: number, count: number, value: readonly number[]) => [
    ...number(tag, 2),
    ...number(type, 2),
    ...number(count),
    ...value,
  ];
  const short = (value: number) => [...number(value, 2), 0, 0];
  const model = ascii("Phone X1\0");
  const time = ascii("2025:03:09 10:00:00\0");
  const main = 8;
  const data = main + 2 + 4 * 12 + 4;
  const exifAt = data + model.length;
  const timeAt = exifAt + 2 + 12 + 4;
  const gpsAt = timeAt + time.length;
  const ratios = gpsAt + 2 + 4 * 12 + 4;
  const ratio = (d: number, m: number, s: number) => [
    ...number(d),
    ...number(1),
    ...number(m),
    ...number(1),
    ...number(s),
    ...number(10),
  ];
  return all(
    order,
    number(42, 2),
    number(main),
    number(4, 2),
    entry(0x0110, 2, model.length, number(data)),
    entry(0x0112, 3, 1, short(orientation)),
    entry(0x8769, 4, 1, number(exifAt)),
    entry(0x8825, 4, 1, number(gpsAt)),
    number(7777),
    model,
    number(1, 2),
    entry(0x9003, 2, time.length, number(timeAt)),
    number(0),
    time,
    number(4, 2),
    entry(1, 2, 2, [north.charCodeAt(0), 0, 0, 0]),
    entry(2, 5, 3, number(ratios)),
    entry(3, 2, 2, [0x45, 0, 0, 0]),
    entry(4, 5, 3, number(ratios + 24)),
    number(0),
    ratio(43, 14, 168),
    ratio(76, 56, 420),
  );
}

const segment = (code: number, ...data: readonly (Uint8Array | readonly number[] | string)[]) => {
  const payload = all(...data);
  return all([0xff, code], big(payload.length + 2, 2), payload);
};
const jfif = segment(0xe0, "JFIF\0", [1, 2, 0, 0, 72, 0, 72, 0, 0]);
const icc = segment(0xe2, "ICC_PROFILE\0", [1, 1, 9, 9]);
const adobe = segment(0xee, "Adobe", [0, 100, 0, 0, 0, 0, 1]);
const tables = all(
  segment(0xdb, [0, 1, 2, 3]),
  segment(0xc2, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
  segment(0xc4, [0, 1]),
);
/** Two scans, as a progressive picture has, with a stuffed 0xFF and a restart marker among the pixels. */
const scans = all(
  segment(0xda, [1, 1, 0]),
  [1, 0xff, 0, 2, 0xff, 0xd0, 3],
  segment(0xda, [1, 1, 1]),
  [0xff, 0, 4],
);
const jpeg = (...extra: readonly Uint8Array[]) =>
  all([0xff, 0xd8], jfif, ...extra, icc, adobe, tables, scans, [0xff, 0xd9]);
const exifSegment = (block: Uint8Array) => segment(0xe1, "Exif\0\0", block);

const pngChunk = (type: string, ...data: readonly (Uint8Array | readonly number[] | string)[]) => {
  const payload = all(...data);
  const body = all(type, payload);
  return all(big(payload.length), body, big(crc32(body)));
};
const pngHead = all("\u0089PNG\r\n\u001a\n", pngChunk("IHDR", big(1), big(1), [8, 0, 0, 0, 0]));
const pixels = all(pngChunk("IDAT", zlibSync(Uint8Array.of(0, 7))), pngChunk("IDAT"), pngChunk("IEND"));
const png = (...extra: readonly Uint8Array[]) =>
  all(pngHead, pngChunk("gAMA", big(45_455)), ...extra, pixels);

const webpChunk = (type: string, ...data: readonly (Uint8Array | readonly number[] | string)[]) => {
  const payload = all(...data);
  return all(type, little(payload.length), payload, new Uint8Array(payload.length % 2));
};
const webp = (...chunks: readonly Uint8Array[]) => {
  const body = all("WEBP", ...chunks);
  return all("RIFF", little(body.length), body);
};
const vp8 = webpChunk("VP8L", [0x2f, 0, 0, 0, 5]);
const vp8x = (flags: number) => webpChunk("VP8X", [flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

const cleaned = (bytes: Uint8Array) => expectOk(cleanImage(bytes));
const phone = [
  { kind: "device", detail: "Phone X1" },
  { kind: "time", detail: "2025:03:09 10:00:00" },
  { kind: "place", detail: "43.23800, 76.94500" },
  { kind: "thumbnail", detail: "EXIF" },
];

test("JPEG: place, device, time, texts, small pictures, editing and what lies behind the end are gone; colours stay", () => {
  const photo = all(
    jpeg(
      exifSegment(phoneExif(1)),
      segment(0xe1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"),
      segment(0xed, "Photoshop 3.0\0"),
      segment(0xe2, "MPF\0"),
      segment(0xfe, "снято дома".replace(/[а-яё]/gu, "x")),
    ),
    "a film",
  );
  const { bytes, format, removed } = cleaned(photo);
  expect(format).toBe("jpeg");
  expect(bytes).toEqual(jpeg());
  expect(removed).toEqual([
    ...phone,
    { kind: "history", detail: "XMP" },
    { kind: "history", detail: "Photoshop, IPTC" },
    { kind: "other", detail: "APP2 MPF, 4 bytes" },
    { kind: "text", detail: "xxxxx xxxx" },
    { kind: "hidden-data", detail: "6 bytes" },
  ]);
});

test("JPEG: a photo that was taken lying stays upright, by an EXIF of nothing else", () => {
  for (const order of ["II", "MM"] as const) {
    const { bytes, removed } = cleaned(jpeg(exifSegment(phoneExif(6, order))));
    expect(removed).toEqual(phone);
    expect(bytes).toEqual(
      all([0xff, 0xd8], jfif, exifSegment(orientationOnly(6)), icc, adobe, tables, scans, [0xff, 0xd9]),
    );
    expect(readExif(orientationOnly(6))).toEqual({ found: [], orientation: 6 });
  }
});

test("JPEG: the small picture in JFIF goes, its density stays", () => {
  const withSmall = segment(0xe0, "JFIF\0", [1, 2, 1, 0, 72, 0, 72, 1, 1, 9, 9, 9]);
  const { bytes, removed } = cleaned(all([0xff, 0xd8], withSmall, tables, scans, [0xff, 0xd9]));
  expect(removed).toEqual([{ kind: "thumbnail", detail: "JFIF" }]);
  expect(bytes).toEqual(
    all([0xff, 0xd8], segment(0xe0, "JFIF\0", [1, 2, 1, 0, 72, 0, 72, 0, 0]), tables, scans, [0xff, 0xd9]),
  );
});

test("places south and west are negative, without a position there is only the word", () => {
  expect(readExif(phoneExif(1, "MM", "S")).found).toContainEqual({
    kind: "place",
    detail: "-43.23800, 76.94500",
  });
});

test("PNG: texts, time, EXIF and private chunks are gone, colours and pixels stay", () => {
  const { bytes, removed, format } = cleaned(
    all(
      png(
        pngChunk("tEXt", "Author\0Anon"),
        pngChunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0<x/>"),
        pngChunk("zTXt", "Comment\0\0", zlibSync(ascii("x"))),
        pngChunk("tIME", [0x07, 0xe9, 3, 9, 10, 0, 0]),
        pngChunk("eXIf", phoneExif(1)),
        pngChunk("caBX", "x"),
        pngChunk("prIv", "secret"),
      ),
      "tail",
    ),
  );
  expect(format).toBe("png");
  expect(bytes).toEqual(png());
  expect(removed).toEqual([
    { kind: "text", detail: "Author: Anon" },
    { kind: "history", detail: "XMP" },
    { kind: "text", detail: "Comment" },
    { kind: "time", detail: "2025:03:09 10:00:00" },
    ...phone,
    { kind: "history", detail: "C2PA" },
    { kind: "other", detail: "prIv, 6 bytes" },
    { kind: "hidden-data", detail: "4 bytes" },
  ]);
  const turned = cleaned(png(pngChunk("eXIf", phoneExif(8)))).bytes;
  expect(turned).toEqual(
    all(pngHead, pngChunk("eXIf", orientationOnly(8)), pngChunk("gAMA", big(45_455)), pixels),
  );
});

test("WebP: EXIF, XMP and unknown chunks are gone, and the heading no longer promises them", () => {
  const { bytes, removed, format } = cleaned(
    all(
      webp(
        vp8x(0x2c),
        webpChunk("ICCP", [1]),
        vp8,
        webpChunk("EXIF", phoneExif(1)),
        webpChunk("XMP ", "<x/>"),
        webpChunk("junk", "a"),
      ),
      "tail",
    ),
  );
  expect(format).toBe("webp");
  expect(bytes).toEqual(webp(vp8x(0x20), webpChunk("ICCP", [1]), vp8));
  expect(removed).toEqual([
    ...phone,
    { kind: "history", detail: "XMP" },
    { kind: "other", detail: "junk, 1 bytes" },
    { kind: "hidden-data", detail: "4 bytes" },
  ]);
  expect(cleaned(webp(vp8x(0x08), vp8, webpChunk("EXIF", "Exif\0\0", phoneExif(3)))).bytes).toEqual(
    webp(vp8x(0x08), vp8, webpChunk("EXIF", orientationOnly(3))),
  );
});

test("WebP: nothing hides in a frame of an animation", () => {
  const place = new Uint8Array(16);
  const { bytes, removed } = cleaned(
    webp(
      vp8x(0x02),
      webpChunk("ANIM", new Uint8Array(6)),
      webpChunk("ANMF", place, vp8, webpChunk("note", "home")),
    ),
  );
  expect(bytes).toEqual(
    webp(vp8x(0x02), webpChunk("ANIM", new Uint8Array(6)), webpChunk("ANMF", place, vp8)),
  );
  expect(removed).toEqual([{ kind: "other", detail: "note, 4 bytes" }]);
  expect(cleanImage(webp(vp8x(0x02), webpChunk("ANMF", [1, 2])))).toMatchObject({
    refusal: { code: "image-damaged" },
  });
});

const dirty = {
  jpeg: jpeg(exifSegment(phoneExif(6)), segment(0xfe, "hello")),
  png: png(pngChunk("tEXt", "a\0b"), pngChunk("eXIf", phoneExif(6))),
  webp: webp(vp8x(0x0c), vp8, webpChunk("EXIF", phoneExif(6)), webpChunk("XMP ", "x")),
};

test.each(["jpeg", "png", "webp"] as const)(
  "%s: one that breaks off anywhere is refused by name",
  (format) => {
    const whole = dirty[format];
    for (let length = 12; length < whole.length; length++) {
      expect(cleanImage(whole.subarray(0, length)), String(length)).toMatchObject({
        ok: false,
        refusal: { code: "image-damaged" },
      });
    }
  },
);

test.each(["jpeg", "png", "webp"] as const)(
  "%s: a clean one comes back as it is, and cleaning twice changes nothing",
  (format) => {
    const once = cleaned(dirty[format]).bytes;
    const twice = cleaned(once);
    expect(twice.removed).toEqual([]);
    expect(twice.bytes).toBe(once);
  },
);

test("whatever metadata surrounds them, the pixels are copied byte by byte", () => {
  const noise = fc.uint8Array({ maxLength: 40 });
  const coded = fc
    .uint8Array({ minLength: 1, maxLength: 60 })
    .map((bytes) => all(...Array.from(bytes, (byte) => (byte === 0xff ? [0xff, 0] : [byte]))));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0xe3, max: 0xed }), noise), { maxLength: 5 }),
      coded,
      ([...segments], pixelBytes) => {
        const body = all(tables, segment(0xda, [1, 1, 0]), pixelBytes, [0xff, 0xd9]);
        const photo = all([0xff, 0xd8], ...segments.map(([code, data]) => segment(code, data)), body);
        expect(cleaned(photo).bytes).toEqual(all([0xff, 0xd8], body));
        expect(cleaned(photo).removed).toHaveLength(segments.length);
      },
    ),
  );
});

test("bytes changed anywhere end in a picture or in a refusal, never in a crash", () => {
  for (const whole of Object.values(dirty)) {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const forged = whole.slice();
        forged[at] = value;
        const result = cleanImage(forged);
        if (result.ok)
          expect(new TextDecoder("latin1").decode(result.value.bytes)).not.toContain("Phone X1".repeat(2));
      }),
      { numRuns: 400 },
    );
    for (const noise of fc.sample(fc.uint8Array({ maxLength: 200 }), 100)) {
      readExif(noise);
      cleanImage(all(whole.subarray(0, 12), noise));
    }
  }
});

test("HEIC is refused with advice in each language; other files are no pictures", () => {
  for (const brand of ["heic", "mif1", "avif"]) {
    expect(cleanImage(all(big(24), "ftyp", brand, "0000"))).toMatchObject({
      ok: false,
      refusal: { code: "image-heic" },
    });
  }
  for (const words of Object.values(receiptWords)) expect(words.refusals["image-heic"]).toContain("JPEG");
  for (const bytes of [
    all("GIF89a"),
    all("%PDF-1.7"),
    new Uint8Array(),
    all([0xff]),
    all(big(24), "ftypmp42"),
  ]) {
    expect(cleanImage(bytes)).toMatchObject({ ok: false, refusal: { code: "image-unknown" } });
  }
});

test("PDF: what it tells is shown, also where it is packed; the file stays as it is", () => {
  const info = "/Author (A\\(n\\)on \\101) /Producer<FEFF0421> /CreationDate (D:20250309) /Title (a (b) c)";
  const found = [
    { kind: "person", detail: "A(n)on A" },
    { kind: "program", detail: "С" },
    { kind: "time", detail: "D:20250309" },
    { kind: "text", detail: "a (b) c" },
  ];
  const packed = zlibSync(ascii(`<<${info}>>`));
  const stream = (dictionary: string, data: Uint8Array) =>
    all("%PDF-1.7\n5 0 obj ", dictionary, " stream\n", data, "\nendstream");
  expect(inspectPdf(all("%PDF-1.4\n1 0 obj <<", info, ">> <?xpacket begin"))).toEqual({
    found: [...found, { kind: "history", detail: "XMP" }],
    isComplete: true,
  });
  expect(inspectPdf(stream("<</Type /ObjStm /Filter /FlateDecode>>", packed))).toEqual({
    found,
    isComplete: true,
  });
  expect(inspectPdf(stream("<</Filter/FlateDecode/Type/ObjStm>>", packed))).toEqual({
    found,
    isComplete: true,
  });
  expect(inspectPdf(ascii("PK"))).toBeUndefined();
});

test("PDF: what cannot be looked into is said, and a packed bomb is not unpacked", () => {
  const stream = (data: Uint8Array) =>
    all("%PDF-1.7\n<</Type /ObjStm /Filter /FlateDecode>> stream\n", data, "\nendstream");
  expect(inspectPdf(all("%PDF-1.7\n/Encrypt 5 0 R"))).toEqual({ found: [], isComplete: false });
  expect(inspectPdf(stream(Uint8Array.of(9, 9, 9)))).toEqual({ found: [], isComplete: false });
  expect(inspectPdf(stream(zlibSync(new Uint8Array(50_000_000))))).toMatchObject({ isComplete: false });
  expect(inspectPdf(all("%PDF-1.7\n<</Type /ObjStm /Filter /FlateDecode>> stream\nabc"))).toMatchObject({
    isComplete: false,
  });
});
