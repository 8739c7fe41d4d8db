// Whoever takes the disk learns no donor, payee, memo, account number or receipt: the data folder of the sample foundation is
// searched in every encoding, finished, in the middle of an import (the program stopped, its journal open) and after a kill.
// The searcher convinces because it finds each secret that is planted.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aigaqJson, passphrase, projectRoot } from "./aigaq.ts";
import { PlaintextSearch, encodingsOf } from "./plaintext-search.ts";
import { secretsOfTheSample } from "./sample-secrets.ts";
import {
  clearScratch,
  copyOf,
  foundation,
  importFile,
  newFolder,
  sampleFolder,
  sampleReceipts,
  scratchFolder,
  slow,
} from "./prepared.ts";

afterAll(clearScratch);

const secrets = secretsOfTheSample();
const search = new PlaintextSearch(secrets);

describe("the data folder at rest", () => {
  let data: string;
  beforeAll(async () => {
    data = await sampleFolder();
  }, slow);

  test("the sample has the secrets that are looked for", () => {
    expect(secrets.size).toBeGreaterThan(3000);
    expect(secrets).toContain("KZ617229999900000007");
    expect(secrets).toContain("Заңгерлік кеңсе «Үлгі»");
    const statement = search.inBytes(readFileSync(join(foundation, "kzt-1.1c.txt")), "kzt-1.1c.txt");
    expect(new Set(statement.map(({ secret }) => secret)).size).toBeGreaterThan(1700);
  });

  test("holds nothing readable when everything is imported, receipts included", async () => {
    expect(readdirSync(join(data, "files")).length).toBeGreaterThan(0);
    expect(search.inFolder(data)).toEqual([]);
    // Not a piece of a receipt either: each is packed, so its bytes are looked for as they are.
    const disk = readdirSync(join(data, "files")).map((name) => readFileSync(join(data, "files", name)));
    for (const name of readdirSync(await sampleReceipts())) {
      const receipt = readFileSync(join(await sampleReceipts(), name));
      const piece = receipt.subarray(receipt.indexOf("stream\n") + 7).subarray(0, 16);
      expect(disk.some((file) => file.includes(piece))).toBe(false);
    }
  });

  test(
    "holds nothing readable in the middle of an import, nor after a kill",
    async () => {
      const torn = copyOf(await newFolder());
      await importFile(torn, "appeals.json");
      await importFile(torn, "decisions.csv");
      // Whatever the program leaves in temporary files is searched as well.
      const temporary = join(scratchFolder(), "tmp");
      mkdirSync(temporary);
      const victim = spawn(
        process.execPath,
        [
          join(projectRoot, "test/drills/import-victim.ts"),
          "statement",
          "import",
          join(foundation, "kzt-1.1c.txt"),
          "--data",
          torn,
        ],
        {
          env: { PATH: process.env["PATH"], AIGAQ_PASSPHRASE: passphrase, TMPDIR: temporary },
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      const acknowledged = await new Promise<string[]>((resolve) => {
        const lines: string[] = [];
        createInterface({ input: victim.stdout })
          .on("line", (line) => {
            lines.push(line);
            // The second append holds the rows: stopped here, their pages are in the journal and the program is alive.
            if (lines.filter((one) => one.startsWith("ack")).length === 2) {
              victim.kill("SIGSTOP");
              resolve(lines);
            }
          })
          .on("close", () => resolve(lines));
      });
      expect(acknowledged.filter((line) => line.startsWith("ack"))).toHaveLength(2);
      expect(readdirSync(torn)).toContain("aigaq.db-wal");
      expect([...search.inFolder(torn), ...search.inFolder(temporary)]).toEqual([]);
      const ended = new Promise((resolve) => victim.once("close", resolve));
      victim.kill("SIGKILL");
      await ended;
      expect([...search.inFolder(torn), ...search.inFolder(temporary)]).toEqual([]);
      expect(await aigaqJson(["log", "check", "--data", torn])).toMatchObject({ verdict: "held" });
      await importFile(torn, "kzt-1.1c.txt");
      expect(search.inFolder(torn)).toEqual([]);
    },
    slow,
  );
});

describe("the searcher, on planted secrets", () => {
  const donor = "Айгүл Мысалова";
  const russian = "Ольга Образцов";
  const noise = () => new Uint8Array(randomBytes(50_000));
  const planted = (bytes: Uint8Array, at = 20_011) => {
    const file = noise();
    file.set(bytes, at);
    return file;
  };
  const one = new PlaintextSearch([donor, russian]);

  test("noise alone holds no secret", () => {
    for (let i = 0; i < 20; i++) expect(one.inBytes(noise(), "noise")).toEqual([]);
  });

  test.each(encodingsOf(russian))("finds a name in %s", (encoding, bytes) => {
    expect(one.inBytes(planted(bytes), "file")).toContainEqual({
      secret: russian,
      encoding,
      file: "file",
      at: 20_011,
    });
  });

  test("a Kazakh name, which Windows-1251 cannot hold, is looked for in all other encodings", () => {
    expect(encodingsOf(donor).map(([encoding]) => encoding)).not.toContain("Windows-1251");
    for (const [, bytes] of encodingsOf(donor))
      expect(one.inBytes(planted(bytes), "file").length).toBeGreaterThan(0);
  });

  test.each([0, 1, 2])(
    "finds a name that stands %i bytes into a base64 text with text around it",
    (before) => {
      const text = Buffer.from(`${"x".repeat(before)}${donor}, 5 000`);
      for (const alphabet of ["base64", "base64url"] as const) {
        const hits = one.inBytes(planted(Buffer.from(text.toString(alphabet))), "file");
        expect(hits.map(({ secret }) => secret)).toContain(donor);
      }
    },
  );

  test.each([
    ["gzip", gzipSync],
    ["zlib", deflateSync],
  ])("finds a name inside a %s stream in the middle of a file", (kind, pack) => {
    const hits = one.inBytes(planted(pack(Buffer.from(`{"donor":"${donor}"} `.repeat(20)))), "file");
    expect(hits).toContainEqual(
      expect.objectContaining({ secret: donor, encoding: expect.stringContaining(kind) }),
    );
  });

  test("finds a name inside a zip entry", () => {
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt16LE(5, 26);
    const zip = Buffer.concat([head, Buffer.from("a.txt"), deflateRawSync(Buffer.from(`to ${donor}`))]);
    expect(one.inBytes(planted(zip), "file").map(({ secret }) => secret)).toContain(donor);
  });

  test("finds a name that was left in one file of a folder", () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "deep/down"), { recursive: true });
    writeFileSync(join(folder, "deep/down/a.bin"), planted(Buffer.from(donor)));
    expect(one.inFolder(folder)).toEqual([
      { secret: donor, encoding: "UTF-8", file: "deep/down/a.bin", at: 20_011 },
    ]);
  });
});
