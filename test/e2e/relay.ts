/**
 * Stands between browsers and the server like the network does: can be cut and restored, and can keep a copy of all that
 * crosses, as the server sees it.
 */
import { createServer, request as ask, type IncomingHttpHeaders, type Server } from "node:http";
import type { Socket } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

/** One request and its answer: first lines and headers as text, bodies unpacked. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly head: string;
  readonly asked: Uint8Array;
  readonly answered: Uint8Array;
};

export class Relay implements AsyncDisposable {
  readonly #server: Server;
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  readonly #exchanges: Exchange[] = [];
  readonly #isRecording: boolean;
  /** Asked at each request, before the server is: true loses the connection there and then. */
  cutAt: (method: string, path: string) => boolean = () => false;
  #isCut = false;

  private constructor(target: string, isRecording: boolean) {
    this.#target = new URL(target);
    this.#isRecording = isRecording;
    // Connections last until somebody cuts them: one that idles out just as it is used again looks like a lost network.
    this.#server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
      const { method = "GET", url = "/", headers } = request;
      if (!this.#isCut && this.cutAt(method, url)) this.cut();
      if (this.#isCut) {
        request.socket.destroy();
        return;
      }
      const asked: Buffer[] = [];
      const onward = ask(
        { host: this.#target.hostname, port: this.#target.port, method, path: url, headers, agent: false },
        (answer) => {
          const answered: Buffer[] = [];
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
          if (!this.#isRecording) return;
          answer.on("data", (part: Buffer) => answered.push(part));
          answer.once("close", () => {
            this.#exchanges.push({
              method,
              path: url,
              status: answer.statusCode ?? 0,
              head: `${method} ${url}\n${headerText(headers)}\n\n${headerText(answer.headers)}`,
              asked: Buffer.concat(asked),
              answered: unpacked(Buffer.concat(answered), answer.headers["content-encoding"]),
            });
          });
        },
      );
      onward.once("error", () => response.destroy());
      response.once("close", () => onward.destroy());
      if (this.#isRecording) request.on("data", (part: Buffer) => asked.push(part));
      request.pipe(onward);
    });
    this.#server.on("connection", (socket) => {
      if (this.#isCut) {
        socket.destroy();
        return;
      }
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
      socket.on("error", () => undefined);
    });
  }

  /** @param target such as "http://localhost:41234" */
  static async to(target: string, { isRecording = false } = {}): Promise<Relay> {
    const relay = new Relay(target, isRecording);
    await new Promise<void>((done) => relay.#server.listen(0, "localhost", done));
    return relay;
  }

  get address(): string {
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("the relay is closed");
    return `http://localhost:${address.port}`;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  /** What crossed so far and has ended. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** The cable is out: what is on its way is lost, nothing new gets through. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore(): void {
    this.#isCut = false;
    this.cutAt = () => false;
  }

  /** Ends streams that would go on for ever, so that they are among the exchanges. */
  async hangUp(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => setTimeout(done, 50));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}

function headerText(headers: IncomingHttpHeaders): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join("\n");
}

/** Text that is packed on its way is searched as text. A stream that was cut stays as it came. */
function unpacked(bytes: Buffer, encoding: string | undefined): Uint8Array {
  try {
    if (encoding === "br") return brotliDecompressSync(bytes);
    return encoding === "gzip" ? gunzipSync(bytes) : bytes;
  } catch {
    return bytes;
  }
}
