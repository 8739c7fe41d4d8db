import { sampleChannel, type SampleQuestion, type SampleReply } from "#workspace/letters/sample-fetch.ts";
import type { LetterPost, SealedAnswer } from "#workspace/letters/letter-post.ts";

type Given = {
  readonly by: string;
  /** Address of the server that this tab was loaded from. */
  readonly origin: string;
  readonly now: () => number;
  /** Somebody answered. */
  readonly onAnswer: () => void;
};

/** As many as a server takes of one letter. */
const answersMax = 5;

/**
 * Letters of the sample, in this tab's memory; the page of a letter reaches them from another tab of the same browser. Asked
 * about a letter of another tab it keeps silent: that one answers.
 */
export function openSamplePost({ by, origin, now, onAnswer }: Given): LetterPost {
  const letters = new Map<string, { readonly sealed: string; readonly expires: number }>();
  const answers: SealedAnswer[] = [];
  const channel = new BroadcastChannel(sampleChannel);
  channel.addEventListener("message", ({ data }: MessageEvent<SampleQuestion | SampleReply>) => {
    if (!("ask" in data)) return;
    const said = answer(data);
    if (said !== undefined) channel.postMessage({ reply: data.ask, ...said } satisfies SampleReply);
  });

  function answer({ path, method, body }: SampleQuestion): Omit<SampleReply, "reply"> | undefined {
    const [, id = "", rest = ""] = /^\/api\/letters\/([A-Za-z0-9_-]+)(\/answers)?$/u.exec(path) ?? [];
    const letter = letters.get(id);
    if (letter === undefined) return undefined;
    if (letter.expires <= now()) return { status: 404, body: "" };
    if (rest === "") return { status: 200, body: JSON.stringify({ sealed: letter.sealed }) };
    if (method !== "POST") return { status: 405, body: "" };
    const number = answers.filter((one) => one.letter === id).length;
    if (number >= answersMax) return { status: 409, body: "" };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- from the page of a letter; opened under its key or not at all
    const { sealed = "" } = JSON.parse(body) as { sealed?: string };
    answers.push({ letter: id, number, sealed, at: now() });
    onAnswer();
    return { status: 200, body: JSON.stringify({ done: true }) };
  }

  return {
    page: `${origin}/app/letter.html?sample`,
    all: async () => ({
      letters: [...letters].map(([id, { expires }]) => ({ id, by, expires })),
      answers: [...answers],
    }),
    question: async (id) => letters.get(id)?.sealed,
    put: async (id, letter) => void letters.set(id, letter),
    remove: async (id) => void letters.delete(id),
    close: () => channel.close(),
  };
}
