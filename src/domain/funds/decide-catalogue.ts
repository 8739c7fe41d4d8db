import { ok, refuse, type Refusal, type Result } from "#record/result.ts";
import { parseCurrency } from "./currency.ts";
import { parseDay } from "./dates.ts";
import { refuseEnded } from "./decide-endings.ts";
import type { Decided } from "./deciding.ts";
import type { Json, JsonObject } from "#record/json-strict.ts";
import type { Appeal, FundsDraft, Policy, Post, Titles } from "./entries.ts";
import { parseAppealId, parseCaseId, parsePostId } from "./ids.ts";
import { parseMinor } from "./money.ts";
import { asObject } from "./parse-fields.ts";
import type { FundsState } from "./state.ts";

/** `item` counts the elements of the file's list from 1; 0 is the file itself. */
export type CatalogueRefusal = Refusal<
  | "file-malformed"
  | "policy-malformed"
  | "appeal-malformed"
  | "appeal-changed"
  | "appeal-unknown"
  | "appeal-ended"
  | "post-malformed"
  | "post-changed"
  | "case-malformed"
> & { readonly item: number };

/**
 * `appeals import`: `{"foundation": {kk, ru, en}, "unsigned", "shortfall", "approvalLimit"?, "appeals": [{"id", "hashtag", "opened",
 * "title", "currency", "leftover"?, "cases"?: [{"case", "parts", "of"}]}]}`. What is recorded and the same adds nothing. An
 * appeal that differs is refused: donors gave to the words that stood there. A changed policy is a new entry and rules from then on.
 */
export function decideAppeals(state: FundsState, file: Json): Result<Decided, CatalogueRefusal> {
  const root = asObject(file);
  const list = root?.["appeals"];
  if (root === undefined || !Array.isArray(list)) {
    return refuseItem("file-malformed", 0, 'the file must be an object with a list "appeals"');
  }
  const drafts: FundsDraft[] = [];
  const policy = readPolicy(root, state.policy);
  if (policy === undefined) {
    return refuseItem(
      "policy-malformed",
      0,
      '"unsigned" must be general or unknown, "shortfall" general or none, "approvalLimit" a sum',
    );
  }
  const policyPub = policyJson(policy);
  if (state.policy === null || JSON.stringify(policyJson(state.policy)) !== JSON.stringify(policyPub)) {
    drafts.push({ type: "funds.policy", stream: "funds", pub: policyPub });
  }
  const added = new Map<string, Appeal>();
  let unchanged = 0;
  for (const [i, value] of list.entries()) {
    const appeal = readAppeal(value);
    if (appeal === undefined) {
      return refuseItem(
        "appeal-malformed",
        i + 1,
        "an appeal needs id, opened (a day), title {kk, ru, en} and currency",
      );
    }
    const known = state.appeals.get(appeal.id) ?? added.get(appeal.id);
    if (known !== undefined) {
      const differs = differences(appealJson(known), appealJson(appeal));
      if (differs.length > 0) {
        return refuseItem(
          "appeal-changed",
          i + 1,
          `${appeal.id} is recorded with another ${differs.join(", ")}; an appeal's words stay as donors read them`,
        );
      }
      unchanged += 1;
    } else {
      added.set(appeal.id, appeal);
      drafts.push({ type: "appeal", stream: "funds", pub: appealJson(appeal) });
    }
    const shares = shareDrafts(state, appeal.id, asObject(value)?.["cases"]);
    if (shares === undefined)
      return refuseItem("case-malformed", i + 1, "cases must be a list of {case, parts, of}");
    drafts.push(...shares);
  }
  return ok({ drafts, summary: { added: added.size, unchanged, waiting: 0, notes: [] } });
}

/** `posts import`: a list of `{"id", "appeal", "kind", "published", "target": {"currency", "minor"}, "case"?, "textHash"?}`. */
export function decidePosts(state: FundsState, file: Json): Result<Decided, CatalogueRefusal> {
  if (!Array.isArray(file)) return refuseItem("file-malformed", 0, "the file must be a list of posts");
  const drafts: FundsDraft[] = [];
  const added = new Map<string, Post>();
  let unchanged = 0;
  for (const [i, value] of file.entries()) {
    const post = readPost(value);
    if (post === undefined) {
      return refuseItem(
        "post-malformed",
        i + 1,
        "a post needs id, appeal, kind, published (a moment with its zone) and target {currency, minor}",
      );
    }
    if (!state.appeals.has(post.appeal)) {
      return refuseItem("appeal-unknown", i + 1, `there is no appeal ${post.appeal}; import it first`);
    }
    const known = state.posts.get(post.id) ?? added.get(post.id);
    if (known === undefined) {
      const ended = refuseEnded(state, post.appeal, dayOfPost(post));
      if (ended !== undefined) return refuseItem("appeal-ended", i + 1, ended.message);
      added.set(post.id, post);
      drafts.push({ type: "post", stream: "funds", pub: postJson(post) });
      continue;
    }
    const differs = differences(postJson(known), postJson(post));
    if (differs.length > 0) {
      return refuseItem("post-changed", i + 1, `${post.id} is recorded with another ${differs.join(", ")}`);
    }
    unchanged += 1;
  }
  return ok({ drafts, summary: { added: added.size, unchanged, waiting: 0, notes: [] } });
}

/** The day where it was published: the text begins with it, before any zone. */
function dayOfPost({ published }: Post): string {
  return published.slice(0, "2025-03-09".length);
}

function refuseItem(code: CatalogueRefusal["code"], item: number, message: string) {
  return refuse<CatalogueRefusal>({ code, item, message: item === 0 ? message : `item ${item}: ${message}` });
}

function readPolicy(root: JsonObject, standing: Policy | null): Policy | undefined {
  const unsigned = root["unsigned"] ?? standing?.unsigned ?? "unknown";
  const shortfall = root["shortfall"] ?? standing?.shortfall ?? "none";
  if (unsigned !== "general" && unsigned !== "unknown") return undefined;
  if (shortfall !== "general" && shortfall !== "none") return undefined;
  const names = root["foundation"] === undefined ? (standing?.names ?? {}) : readTitles(root["foundation"]);
  if (names === undefined) return undefined;
  if (root["approvalLimit"] === undefined)
    return { names, unsigned, shortfall, approvalLimit: standing?.approvalLimit };
  const approvalLimit = readMoney(root["approvalLimit"]);
  return approvalLimit === undefined ? undefined : { names, unsigned, shortfall, approvalLimit };
}

function policyJson({ names, unsigned, shortfall, approvalLimit }: Policy): JsonObject {
  const limit = approvalLimit && { currency: approvalLimit.currency, minor: approvalLimit.minor.toString() };
  return {
    names: { ...names },
    unsigned,
    shortfall,
    ...(limit === undefined ? {} : { approvalLimit: limit }),
  };
}

function readAppeal(value: Json): Appeal | undefined {
  const from = asObject(value);
  const id = parseAppealId(from?.["id"]);
  const opened = parseDay(from?.["opened"]);
  const title = readTitles(from?.["title"]);
  const currency = readCurrency(from?.["currency"]);
  const hashtag = from?.["hashtag"];
  const left = from?.["leftover"];
  if (id === undefined || opened === undefined || title === undefined || currency === undefined)
    return undefined;
  if (
    (hashtag !== undefined && typeof hashtag !== "string") ||
    (left !== undefined && typeof left !== "string")
  )
    return undefined;
  // Blanks say nothing, and must not keep an end from saying it.
  const leftover = left?.trim() || undefined;
  return { id, hashtag, opened, title, currency, leftover };
}

function appealJson({ id, hashtag, opened, title, currency, leftover }: Appeal): JsonObject {
  return {
    id,
    ...(hashtag === undefined ? {} : { hashtag }),
    opened,
    title: { ...title },
    currency,
    ...(leftover === undefined ? {} : { leftover }),
  };
}

function readPost(value: Json): Post | undefined {
  const from = asObject(value);
  const id = parsePostId(from?.["id"]);
  const appeal = parseAppealId(from?.["appeal"]);
  const kind = from?.["kind"];
  const published = from?.["published"];
  const target = readMoney(from?.["target"]);
  const textHash = from?.["textHash"];
  if (id === undefined || appeal === undefined || target === undefined || typeof kind !== "string")
    return undefined;
  if (typeof published !== "string" || !momentPattern.test(published)) return undefined;
  if (textHash !== undefined && typeof textHash !== "string") return undefined;
  const caseId = from?.["case"] === undefined ? undefined : parseCaseId(from["case"]);
  if (from?.["case"] !== undefined && caseId === undefined) return undefined;
  return { id, appeal, kind, published, target, case: caseId, textHash };
}
const momentPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/u;

function postJson(post: Post): JsonObject {
  const { id, appeal, kind, published, target, textHash } = post;
  return {
    id,
    appeal,
    kind,
    published,
    target: { currency: target.currency, minor: target.minor.toString() },
    ...(post.case === undefined ? {} : { case: post.case }),
    ...(textHash === undefined ? {} : { textHash }),
  };
}

function shareDrafts(state: FundsState, appeal: string, cases: Json | undefined): FundsDraft[] | undefined {
  if (cases === undefined) return [];
  if (!Array.isArray(cases)) return undefined;
  const drafts: FundsDraft[] = [];
  for (const value of cases) {
    const from = asObject(value);
    const caseId = parseCaseId(from?.["case"]);
    const parts = from?.["parts"] ?? 1;
    const of = from?.["of"] ?? 1;
    if (caseId === undefined || !isWhole(parts) || !isWhole(of) || parts > of) return undefined;
    const known = state.shares.some(
      (one) => one.case === caseId && one.appeal === appeal && one.parts === parts && one.of === of,
    );
    if (!known)
      drafts.push({ type: "case.share", stream: "funds", pub: { case: caseId, appeal, parts, of } });
  }
  return drafts;
}

function isWhole(value: Json): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

function readTitles(value: Json | undefined): Titles | undefined {
  const from = asObject(value);
  if (from === undefined) return undefined;
  const titles: { kk?: string; ru?: string; en?: string } = {};
  for (const language of ["kk", "ru", "en"] as const) {
    const title = from[language];
    if (title === undefined) continue;
    if (typeof title !== "string") return undefined;
    titles[language] = title;
  }
  return Object.keys(titles).length === 0 ? undefined : titles;
}

function readMoney(value: Json | undefined) {
  const from = asObject(value);
  const currency = readCurrency(from?.["currency"]);
  const minor = parseMinor(from?.["minor"]);
  return currency === undefined || minor === undefined || minor < 0n ? undefined : { currency, minor };
}

function readCurrency(value: Json | undefined): string | undefined {
  return typeof value === "string" ? parseCurrency(value) : undefined;
}

function differences(known: JsonObject, wanted: JsonObject): string[] {
  const names = new Set([...Object.keys(known), ...Object.keys(wanted)]);
  return [...names].filter((name) => JSON.stringify(known[name]) !== JSON.stringify(wanted[name]));
}
