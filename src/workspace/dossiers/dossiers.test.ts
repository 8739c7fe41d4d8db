import { expect, test } from "vitest";
import { disclosableFields } from "#dossier/choose.ts";
import { checkDossier } from "#dossier/check.ts";
import { decideAppeals, decidePosts } from "#domain/funds/decide-catalogue.ts";
import { expectOk } from "#record/result.ts";
import { Server } from "#workspace/desk/server.ts";
import { readJson } from "#test/books/sample-files.ts";
import { openTestDesk, type TestDesk } from "#test/workspace/open-test-desk.ts";
import { audiences, fieldGroups } from "./audiences.ts";

const question = { kind: "appeal", id: "A-2025-001" } as const;

async function deskWithAppeal(): Promise<TestDesk> {
  const test = await openTestDesk();
  const { session } = test.desk;
  // The program's own files come from the server that gave the program.
  Object.assign(test.desk, {
    server: new Server("http://desk.invalid", async (input) => new Response(`the file ${String(input)}`)),
  });
  const appeals = decideAppeals((await session.books()).funds, readJson("appeals.json"));
  await session.append(expectOk(appeals).drafts);
  const posts = decidePosts((await session.books()).funds, readJson("posts.json"));
  await session.append(expectOk(posts).drafts);
  return test;
}

test("every field that a dossier can open is offered exactly once, and presets open only such", () => {
  const offered: readonly string[] = fieldGroups.flatMap(({ fields }) => [...fields]);
  expect(offered.toSorted()).toEqual([...disclosableFields].toSorted());
  for (const fields of Object.values(audiences)) for (const field of fields) expect(offered).toContain(field);
  for (const fields of Object.values(audiences)) expect(fields).not.toContain("donor");
});

test("what was previewed is made, holds before a stranger, and answers the claim", async () => {
  const { desk, ask } = await deskWithAppeal();
  expect((await ask("dossiers.subjects", {})).appeals.map(({ id }) => id)).toContain("A-2025-001");
  const input = { question, claim: "31000000 KZT raised", disclose: ["payee"] };
  const preview = expectOk(await ask("dossiers.preview", input));
  expect(preview.claim).toMatchObject({ agrees: false, found: "0 KZT raised" });
  const made = await ask("dossiers.make", input);
  expect(made.name).toBe("dossier-A-2025-001-2025-11-24.zip");
  const report = await checkDossier(made.bytes);
  expect(report.verdict).toBe("held");
  expect(report.claim).toEqual(preview.claim);
  desk.close();
});

test("the list of made dossiers is sealed, newest first, and can be forgotten", async () => {
  const { desk, ask } = await deskWithAppeal();
  const input = { question, disclose: [] };
  const made = await ask("dossiers.make", input);
  await ask("dossiers.note", { made, input, audience: "court" });
  const sealed = await desk.opened.local.snapshot("dossiers-made-M-01");
  expect(Buffer.from(sealed ?? []).toString("latin1")).not.toContain("A-2025-001");
  const [note] = await ask("dossiers.made", {});
  expect(note).toMatchObject({ audience: "court", question, claim: null, bytes: made.bytes.length });
  await ask("dossiers.forget", { sha256: note?.sha256 ?? "" });
  expect(await ask("dossiers.made", {})).toEqual([]);
  desk.close();
});

test("a question about what is not on the record, and a claim that nobody can read, are refused", async () => {
  const { desk, ask } = await deskWithAppeal();
  expect(
    await ask("dossiers.preview", { question: { kind: "case", id: "K-9" }, disclose: [] }),
  ).toMatchObject({ ok: false, refusal: { code: "question-unknown" } });
  expect(await ask("dossiers.preview", { question, claim: "much", disclose: [] })).toMatchObject({
    ok: false,
    refusal: { code: "claim-unreadable" },
  });
  await expect(
    ask("dossiers.make", { question: { kind: "appeal", id: "A-9" }, disclose: [] }),
  ).rejects.toThrow(/A-9/u);
  desk.close();
});
