// An appeal is ended and opened again from the terminal; in between nobody can ask for it, and whoever asks about it is told.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { formatDay } from "#language/dates.ts";
import { aigaq, aigaqDone, aigaqJson } from "./aigaq.ts";
import { clearScratch, copyOf, foundation, importFile, newFolder, scratchFolder, slow } from "./prepared.ts";

afterAll(clearScratch);

const appeal = "A-2025-003";
const end = ["appeal", "end", appeal, "--date", "2025-07-01"];

test(
  "an appeal ends for a reason that has a name, is not asked for, and is opened again with one",
  async () => {
    const data = copyOf(await newFolder());
    await importFile(data, "appeals.json");
    const of = (...words: string[]) => [...words, "--data", data];
    expect(await aigaq(of(...end, "--reason", "tired", "--json"))).toMatchObject({
      code: 2,
      out: expect.stringContaining("end-reason-unknown"),
    });
    expect(await aigaq(of(...end, "--reason", "other"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("what happens with what is left"),
    });
    const left = ["--leftover", "Goes to general funds."];
    expect(await aigaqDone(of(...end, "--reason", "need-fell-away", ...left))).toContain(
      `${appeal} has ended.`,
    );
    expect(await aigaqDone(of("funds", "show", appeal))).toContain(
      `Ended on ${formatDay("2025-07-01", "en")}: the help is no longer needed.`,
    );
    // Published the day after: one of before may still be written down.
    const posts = JSON.parse(readFileSync(join(foundation, "posts.json"), "utf8"))
      .filter((post: { appeal: string }) => post.appeal === appeal)
      .map((post: object) => ({ ...post, published: "2025-07-02T09:00:00+05:00" }));
    const file = join(scratchFolder(), "posts.json");
    writeFileSync(file, JSON.stringify(posts));
    const refused = await aigaq(of("posts", "import", file, "--json"));
    expect(JSON.parse(refused.out)).toMatchObject({ refused: { code: "appeal-ended" } });
    expect(refused.err).toContain("open it again first");
    const reopen = ["appeal", "reopen", appeal, "--date", "2025-07-02", "--reason", "ended by mistake"];
    expect(await aigaqJson(of(...reopen))).toMatchObject({ added: 1 });
    expect(await aigaqDone(of("funds", "show", appeal))).not.toContain("Ended on");
    expect(await aigaqJson(of("posts", "import", file))).toMatchObject({ added: posts.length });
    expect(await aigaq(of(...reopen, "--lang", "ru"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("Сбор не завершён"),
    });
    expect(await aigaqJson(of("log", "check"))).toMatchObject({ verdict: "held" });
  },
  slow,
);
