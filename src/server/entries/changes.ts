/**
 * Tells open workspaces that something changed, by server-sent events. An event says only that there is something to read; what,
 * the workspace asks for like anything else.
 */
import type { Context, Hono } from "hono";
import { utf8 } from "#record/bytes.ts";
import type { Session, Sessions } from "../access/sessions.ts";
import { HttpFailure } from "../http-failure.ts";
import type { Services, ServerEnv } from "../services.ts";

/** Proxies close what is silent for a minute. */
const heartbeatMs = 25_000;
/** Open streams of one member: tabs on several devices, and then some. */
const streamsPerMember = 20;

type Stream = {
  readonly session: Session;
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  /** What was sent and not read would else hold the connection open. */
  readonly disconnect: () => void;
};

export class Changes implements Disposable {
  readonly #sessions: Pick<Sessions, "isAlive">;
  readonly #streams = new Set<Stream>();
  readonly #heart: NodeJS.Timeout;
  #isClosed = false;

  constructor(sessions: Pick<Sessions, "isAlive">) {
    this.#sessions = sessions;
    this.#heart = setInterval(() => void this.#beat(), heartbeatMs);
    this.#heart.unref();
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  /** `head {size}` after each growth, `letters {}` when an answer or an invitation came in. */
  tell(event: "head" | "letters", data: Readonly<Record<string, unknown>>): void {
    const bytes = eventBytes(event, data);
    for (const stream of this.#streams) this.#send(stream, bytes);
  }

  /** A new stream, which begins with where the log stands, so that nothing falls between reading and listening. */
  open(session: Session, size: number, disconnect: () => void): ReadableStream<Uint8Array> {
    if (this.#isClosed) throw new HttpFailure(503, "stopping", "The server is being stopped.");
    const own = [...this.#streams].filter((stream) => stream.session.member === session.member);
    if (own.length >= streamsPerMember)
      throw new HttpFailure(429, "too-many-streams", "Too many open streams; close some windows.");
    let stream: Stream | undefined;
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        stream = { session, controller, disconnect };
        this.#streams.add(stream);
        controller.enqueue(utf8("retry: 2000\n\n"));
        controller.enqueue(eventBytes("head", { size }));
      },
      cancel: () => {
        if (stream !== undefined) this.#streams.delete(stream);
      },
    });
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    clearInterval(this.#heart);
    for (const stream of this.#streams) this.#close(stream);
  }

  async #beat(): Promise<void> {
    for (const stream of this.#streams) {
      if (await this.#sessions.isAlive(stream.session).catch(() => false)) this.#send(stream, beat);
      else this.#close(stream);
    }
  }

  #send(stream: Stream, bytes: Uint8Array): void {
    try {
      if ((stream.controller.desiredSize ?? 0) >= -64) stream.controller.enqueue(bytes);
      else {
        // Whoever does not read for a long time is let go, connection and all; the browser comes back by itself.
        this.#close(stream);
        stream.disconnect();
      }
    } catch {
      this.#streams.delete(stream);
    }
  }

  #close(stream: Stream): void {
    this.#streams.delete(stream);
    try {
      stream.controller.close();
    } catch {
      // Gone already.
    }
  }
}

export function changeRoutes(app: Hono<ServerEnv>, { changes, host }: Services): void {
  app.get("/api/changes", (context) =>
    context.body(
      changes.open(context.get("session"), host.size, () => disconnect(context)),
      200,
      {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-store",
        // nginx would hold events back until its buffer is full.
        "X-Accel-Buffering": "no",
      },
    ),
  );
}

function disconnect({ env }: Context<ServerEnv>): void {
  env.incoming?.socket.destroy();
}

const beat = utf8(": still here\n\n");

function eventBytes(event: string, data: Readonly<Record<string, unknown>>): Uint8Array {
  return utf8(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
