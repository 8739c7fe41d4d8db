/**
 * Letters: a question to someone without an account, such as a lawyer who is to confirm a payment. Question and answers are
 * sealed; the key of the question is in the link, behind "#", which browsers do not send.
 */
import type { Hono } from "hono";
import { toBase64Url } from "#record/bytes.ts";
import { HttpFailure, notFound } from "../http-failure.ts";
import { kib, readObject } from "../request-body.ts";
import type { Services, ServerEnv } from "../services.ts";
import { limit, requireOfficer } from "./requests.ts";

type Letter = {
  readonly by: string;
  readonly sealed: string;
  /** Public key that answers are sealed to, where the question does not carry it. */
  readonly answerTo?: string;
  readonly expires: number;
};
type Answer = { readonly sealed: string; readonly at: number };

const longestMs = 90 * 24 * 3_600_000;
const answersMax = 5;
const lettersMax = 1_000;
/** 16 bytes in base64url or 32 hex digits: long enough that nobody guesses one. */
const idPattern = /^[A-Za-z0-9_-]{22,43}$/u;

export function publicLetterRoutes(app: Hono<ServerEnv>, services: Services): void {
  const { changes, now, state } = services;
  /** Answers to one letter, one after the other: two at once would get the same number, and one would be lost. */
  const turns = new Map<string, Promise<void>>();
  const inTurn = async (id: string, work: () => Promise<void>): Promise<void> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => undefined);
    turns.set(id, settled);
    await settled;
    if (turns.get(id) === settled) turns.delete(id);
    await turn;
  };

  app.get("/api/letters/:id", async (context, next) => {
    const id = context.req.param("id");
    // "answers" is the members' own address, which stands behind this one.
    if (id === "answers") return next();
    limit(context, services, "letter");
    const { sealed, answerTo, expires } = await open(services, id);
    const answered = await state.count(`letter-answer/${id}/`);
    return context.json({ sealed, ...(answerTo !== undefined && { answerTo }), expires, answered });
  });

  app.post("/api/letters/:id/answers", async (context) => {
    limit(context, services, "letterAnswer");
    const { id } = context.req.param();
    await open(services, id);
    const body = await readObject(context, 96 * kib);
    const sealed = toBase64Url(body.bytes("sealed", 1, 64 * kib));
    await inTurn(id, async () => {
      const number = await state.count(`letter-answer/${id}/`);
      if (number >= answersMax)
        throw new HttpFailure(409, "letter-answered", "This letter has had all the answers it takes.");
      const answer: Answer = { sealed, at: now() };
      await state.put(`letter-answer/${id}/${number}`, answer);
    });
    changes.tell("letters", {});
    return context.json({ done: true });
  });
}

export function letterRoutes(app: Hono<ServerEnv>, services: Services): void {
  const { now, state } = services;

  app.put("/api/letters/:id", async (context) => {
    const { id } = context.req.param();
    if (!idPattern.test(id) || id === "answers") throw notFound("letter");
    const body = await readObject(context, 512 * kib);
    const letter: Letter = {
      by: context.get("session").member,
      sealed: toBase64Url(body.bytes("sealed", 1, 256 * kib)),
      ...(body.has("answerTo") && { answerTo: toBase64Url(body.bytes("answerTo", 1, 4 * kib)) }),
      expires: body.integer("expires", now(), now() + longestMs),
    };
    const known = await state.get<Letter>(`letter/${id}`);
    if (known !== undefined && known.by !== letter.by)
      throw new HttpFailure(409, "letter-known", "There is a letter of another member under this id.");
    if (known === undefined && (await state.count("letter/")) >= lettersMax)
      throw new HttpFailure(409, "too-many-letters", "Too many open letters; delete some.");
    await state.put(`letter/${id}`, letter);
    return context.json({ id });
  });

  /** Letters and what was answered: to all members, for the sealing decides who can read what. */
  app.get("/api/letters/answers", async (context) => {
    const letters = (await state.list<Letter>("letter/")).map(({ name, value: { by, expires } }) => ({
      id: name.slice("letter/".length),
      by,
      expires,
    }));
    const answers = (await state.list<Answer>("letter-answer/")).map(({ name, value }) => {
      const [, letter = "", number = ""] = name.split("/");
      return { letter, number: Number(number), ...value };
    });
    return context.json({ letters, answers });
  });

  app.delete("/api/letters/:id", async (context) => {
    const { id } = context.req.param();
    const letter = idPattern.test(id) ? await state.get<Letter>(`letter/${id}`) : undefined;
    if (letter === undefined) return context.json({ done: true });
    // Answers that nobody has read yet are somebody's evidence.
    if (letter.by !== context.get("session").member) requireOfficer(context, services);
    await removeLetter(services, id);
    return context.json({ done: true });
  });
}

async function open({ now, state }: Services, id: string): Promise<Letter> {
  const letter = idPattern.test(id) ? await state.get<Letter>(`letter/${id}`) : undefined;
  if (letter === undefined || letter.expires <= now()) throw notFound("letter");
  return letter;
}

async function removeLetter({ state }: Services, id: string): Promise<void> {
  for (const { name } of await state.list(`letter-answer/${id}/`)) await state.remove(name);
  await state.remove(`letter/${id}`);
}

/** Removes letters a week after nobody can answer them any more: time to read the last answers. */
export async function sweepLetters(services: Services): Promise<void> {
  const kept = 7 * 24 * 3_600_000;
  for (const { name, value } of await services.state.list<Letter>("letter/"))
    if (value.expires + kept <= services.now()) await removeLetter(services, name.slice("letter/".length));
}
