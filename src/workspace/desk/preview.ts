import { toBase64Url } from "#record/bytes.ts";
import { preview as booksAfter } from "#domain/funds/deciding.ts";
import { followUps } from "#domain/funds/follow-ups.ts";
import type { FundsDraft, Receipt } from "#domain/funds/entries.ts";
import { sha256OfText } from "#record/hash.ts";
import { ok, type Refusal, type Result } from "#record/result.ts";
import { fileFields } from "#session/attachments.ts";
import { keysStream, type Draft } from "#session/issuing.ts";
import { portsOf } from "#session/books/follow-ups.ts";
import { financeRoom, type Session } from "#session/session.ts";
import type { BroughtFile, Command, CommandDecision, Preview, PreviewEntry } from "./command.ts";
import { sha256Of } from "./waiting-files.ts";

/** What a command would put on the record now, and what would follow of itself. Nothing is signed. `receipts`: as `decide` takes them. */
export async function previewCommand<I>(
  session: Session,
  command: Command<I>,
  input: I,
  receipts: ReadonlyMap<string, Receipt>,
): Promise<Result<Preview, Refusal>> {
  const decided = await command.decide(session, input, receipts);
  if (!decided.ok) return decided;
  return ok(await describe(session, decided.value, command.isLight === true));
}

/** The facts of files that are not sealed yet: the name under which each will be kept is still empty. */
export async function receiptsOf(files: readonly BroughtFile[]): Promise<ReadonlyMap<string, Receipt>> {
  const receipts = new Map<string, Receipt>();
  for (const { name, content } of files)
    receipts.set(name, { name, sha256: await sha256Of(content), file: "" });
  return receipts;
}

async function describe(
  session: Session,
  { drafts, summary }: CommandDecision,
  isLight: boolean,
): Promise<Preview> {
  return {
    entries: drafts.map(entryOf),
    followUps: isLight ? [] : (await whatFollows(session, drafts)).map(entryOf),
    summary,
    digest: digestOf(drafts),
  };
}

async function whatFollows(session: Session, drafts: readonly Draft[]): Promise<readonly Draft[]> {
  const booked = drafts.filter((draft): draft is FundsDraft => draft.stream !== keysStream);
  if (booked.length === 0) return [];
  const { funds } = await session.books();
  const ports = portsOf(session);
  return followUps(booksAfter(funds, booked, ports.author), ports);
}

function entryOf({ type, pub, hidden = {}, items = [] }: Draft): PreviewEntry {
  const fields = (members: Readonly<Record<string, unknown>>) =>
    Object.entries(members).map(([name, value]) => ({ name, value }));
  return {
    type,
    public: fields(pub),
    hidden: fields(withoutStoredNames(hidden)),
    room: financeRoom,
    items: items.length,
  };
}

/**
 * A digest of what drafts say. The name under which a file is kept is left out: it is drawn anew whenever the file is
 * sealed, and says nothing.
 */
export function digestOf(drafts: readonly Draft[]): string {
  const said = drafts.map(({ type, stream, pub, hidden = {}, items = [] }) => ({
    type,
    stream,
    pub,
    hidden: withoutStoredNames(hidden),
    items,
  }));
  return toBase64Url(sha256OfText(JSON.stringify(said)));
}

function withoutStoredNames(hidden: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(hidden).map(([name, value]) => {
      const isFile = (fileFields as readonly string[]).includes(name);
      if (!isFile || typeof value !== "object" || value === null) return [name, value];
      return [name, Object.fromEntries(Object.entries(value).filter(([member]) => member !== "file"))];
    }),
  );
}
