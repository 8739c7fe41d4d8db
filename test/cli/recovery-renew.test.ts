// Sheets are lost or copied, or the record is older than its recovery kit: an officer makes new keys with new sheets, and the
// trustees who hold those bring somebody back to everything, while the old ones bring nobody.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aigaq, aigaqDone, aigaqJson, passphrase, type Ended } from "./aigaq.ts";
import { cheapen, clearScratch, copyOf, newFolder, scratchFolder, slow } from "./prepared.ts";

afterAll(clearScratch);

const again = "entirely new words tonight";
const env = { AIGAQ_NEW_PASSPHRASE: again };
const hers = { env: { AIGAQ_PASSPHRASE: again } };
const recovery = (data: string, what: string, ...more: string[]) => [
  "recovery",
  what,
  ...more,
  "--data",
  data,
];
const twoOfThree = ["--trustees", "3", "--quorum", "2"];
const codeOf = ({ out }: Ended): string => JSON.parse(out).refused.code;
const refusal = async (words: readonly string[], more = {}): Promise<string> =>
  codeOf(await aigaq([...words, "--json"], more));
const newSheets = (): string => join(scratchFolder(), "sheets");

/** A record with a colleague whose name is hidden; `split` too, and the sheets. */
let whole: string;
let split: string;
let sheets: string;
beforeAll(async () => {
  whole = copyOf(await newFolder());
  const add = ["members", "add", "--name", "Дана Үлгі", "--data", whole];
  await aigaqDone(add, { env: { AIGAQ_NEW_PASSPHRASE: passphrase } });
  split = copyOf(whole);
  sheets = newSheets();
  await aigaqDone(recovery(split, "split", "--out", sheets, ...twoOfThree));
  await cheapen(split);
}, slow);

test(
  "new sheets take the place of the old ones, and bring her back to what was recorded before them",
  async () => {
    const data = copyOf(split);
    const out = newSheets();
    const said = await aigaq(recovery(data, "renew", "--shares", sheets, "--out", out, ...twoOfThree));
    expect(said).toMatchObject({
      code: 0,
      out: expect.stringContaining("Collect and destroy them") as string,
    });
    expect(readdirSync(out)).toHaveLength(3);
    expect(await aigaqJson(recovery(data, "rehearse", "--shares", out))).toEqual({
      rehearsed: true,
      shares: 3,
    });
    expect(await refusal(recovery(data, "rehearse", "--shares", sheets))).toBe("share-of-another-set");
    expect(await refusal(recovery(data, "return", "M-01", "--shares", sheets), { env })).toBe(
      "share-of-another-set",
    );
    expect(await refusal(recovery(data, "renew", "--shares", sheets, "--out", newSheets()))).toBe(
      "share-of-another-set",
    );
    await aigaqDone(recovery(data, "return", "M-01", "--shares", out), { env });
    expect(await aigaqJson(["members", "--data", data], hers)).toMatchObject([{}, { name: "Дана Үлгі" }]);
    expect((await aigaqJson(["log", "check", "--data", data], hers)).verdict).toBe("held");
    // And once more, by the sheets that count now.
    const third = newSheets();
    await aigaqDone(recovery(data, "renew", "--shares", out, "--out", third, ...twoOfThree), hers);
    expect(await refusal(recovery(data, "rehearse", "--shares", out), hers)).toBe("share-of-another-set");
    await aigaqDone(recovery(data, "rehearse", "--shares", third), hers);
  },
  slow,
);

test(
  "before the key was split no sheet is needed; afterwards the keyring holds neither the old key nor the new",
  async () => {
    const data = copyOf(whole);
    const out = newSheets();
    await aigaqDone(recovery(data, "renew", "--out", out, ...twoOfThree));
    await aigaqDone(recovery(data, "rehearse", "--shares", out));
    expect(await refusal(recovery(data, "split", "--out", newSheets()))).toBe("recovery-gone");
    await aigaqDone(recovery(data, "return", "M-02", "--end", "M-01", "--shares", out), { env });
    const as = ["--as", "M-02", "--data", data];
    await aigaqDone(["members", "add", "--name", "Жаңа", ...as], { env: { ...hers.env, ...env } });
  },
  slow,
);

/** As a record was that began before there were kits: its root keys lie in the first keyring and nowhere else. */
async function kitless(): Promise<{ data: string; old: string }> {
  const data = copyOf(whole);
  const db = new DatabaseSync(join(data, "aigaq.db"));
  db.exec("DELETE FROM objects WHERE name = 'recovery/kit'");
  db.close();
  const old = newSheets();
  await aigaqDone(recovery(data, "split", "--out", old, ...twoOfThree));
  await cheapen(data);
  return { data, old };
}

test(
  "a record without a recovery kit gets one, by its sheets and the root keys of the first keyring",
  async () => {
    const { data, old } = await kitless();
    expect(await refusal(recovery(data, "return", "M-01", "--shares", old), { env })).toBe(
      "recovery-kit-missing",
    );
    // The colleague's keyring holds no root keys.
    const renewing = recovery(data, "renew", "--shares", old, ...twoOfThree);
    expect(await refusal([...renewing, "--out", newSheets(), "--as", "M-02"])).toBe("not-officer");
    const out = newSheets();
    await aigaqDone([...renewing, "--out", out]);
    await aigaqDone(recovery(data, "rehearse", "--shares", out));
    await aigaqDone(recovery(data, "return", "M-01", "--shares", out), { env });
    expect((await aigaqJson(["log", "check", "--data", data], hers)).verdict).toBe("held");
    expect(await aigaqJson(["members", "--data", data], hers)).toMatchObject([{}, { name: "Дана Үлгі" }]);
  },
  slow,
);

test(
  "refused, with nothing changed and no sheet left: a folder in use, an odd number, no sheets, too few, no root keys",
  async () => {
    const data = copyOf(split);
    const out = newSheets();
    const used = scratchFolder();
    writeFileSync(join(used, "other.txt"), "");
    const size = (await aigaqJson(["log", "check", "--data", data])).size;
    const renewing = recovery(data, "renew", "--shares", sheets);
    expect(await refusal([...renewing, "--out", used])).toBe("file-exists");
    expect(await refusal([...renewing, "--out", out, "--quorum", "6"])).toBe("quorum-impossible");
    expect(await refusal(recovery(data, "renew", "--out", out))).toBe("shares-too-few");
    expect(await refusal(recovery(data, "renew", "--out", out, "--shares", used))).toBe("share-malformed");
    expect(await refusal([...renewing, "--out", out, "--as", "M-02"])).toBe("not-officer");
    expect(existsSync(out)).toBe(false);
    expect((await aigaqJson(["log", "check", "--data", data])).size).toBe(size);
    // A server that lost the kit: the sheets are good, but nobody has the root keys any more.
    const db = new DatabaseSync(join(data, "aigaq.db"));
    db.exec("DELETE FROM objects WHERE name = 'recovery/kit'");
    db.close();
    expect(await refusal([...renewing, "--out", out])).toBe("roots-missing");
  },
  slow,
);

test(
  "sheets of keys that came into force stay, whatever fails after the entry is on the record",
  async () => {
    const data = copyOf(split);
    const witnessed = scratchFolder();
    const elsewhere = { env: { AIGAQ_WITNESSED: witnessed, AIGAQ_NEW_PASSPHRASE: again } };
    await aigaqDone(["members", "add", "--name", "Жаңа", "--data", data], elsewhere);
    // As with a full disk there: the checkpoint that was just signed cannot be kept.
    for (const name of readdirSync(witnessed)) mkdirSync(join(witnessed, `${name}.part`));
    const out = newSheets();
    const renewing = recovery(data, "renew", "--shares", sheets, "--out", out, ...twoOfThree);
    await aigaq(renewing, { env: { AIGAQ_WITNESSED: witnessed } });
    expect(await refusal(recovery(data, "rehearse", "--shares", sheets))).toBe("share-of-another-set");
    expect(await aigaqJson(recovery(data, "rehearse", "--shares", out))).toEqual({
      rehearsed: true,
      shares: 3,
    });
  },
  slow,
);
