/**
 * The letter's page has no server to ask about a letter of the sample: it asks the tab in which the sample lives, over a
 * channel of this browser. What crosses it is what a server would get: sealed bytes.
 */
export const sampleChannel = "aigaq-sample-letters";

export type SampleQuestion = {
  readonly ask: string;
  readonly path: string;
  readonly method: string;
  readonly body: string;
};
export type SampleReply = { readonly reply: string; readonly status: number; readonly body: string };

/** No tab knows the letter: that one was closed, and everything in it is gone. */
const patienceMs = 3000;

/** As `fetch`, for the two requests that the page of a letter makes. */
export const sampleFetch: typeof fetch = (path, init = {}) =>
  new Promise((resolve) => {
    const channel = new BroadcastChannel(sampleChannel);
    const ask = crypto.randomUUID();
    const answer = (response: Response) => {
      clearTimeout(timer);
      channel.close();
      resolve(response);
    };
    const timer = setTimeout(() => answer(new Response(null, { status: 404 })), patienceMs);
    channel.addEventListener("message", ({ data }: MessageEvent<SampleReply | SampleQuestion>) => {
      if ("reply" in data && data.reply === ask) answer(new Response(data.body, { status: data.status }));
    });
    const { method = "GET", body } = init;
    channel.postMessage({
      ask,
      path: typeof path === "string" ? path : "",
      method,
      body: typeof body === "string" ? body : "",
    } satisfies SampleQuestion);
  });
