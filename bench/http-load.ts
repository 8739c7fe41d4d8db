/**
 * A load of keep-alive connections over bare sockets, in a process of its own: node's own HTTP client would be slower than
 * the servers that it asks.
 */
import { connect, type Socket } from "node:net";

export type LoadTask = {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  readonly seconds: number;
  readonly acceptEncoding: string;
};
export type LoadFigures = {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bodyBytes: number;
};

export async function load(task: LoadTask): Promise<LoadFigures> {
  // The first second is not counted: both servers compile then.
  await run({ ...task, seconds: 1 });
  return run(task);
}

async function run({ port, path, connections, seconds, acceptEncoding }: LoadTask): Promise<LoadFigures> {
  const request = Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nAccept-Encoding: ${acceptEncoding}\r\nConnection: keep-alive\r\n\r\n`,
  );
  const times: number[] = [];
  let bodyBytes = 0;
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = await opened(port);
      const answers = new Answers(socket);
      while (performance.now() < end) {
        const begun = performance.now();
        socket.write(request);
        bodyBytes = await answers.next();
        times.push(performance.now() - begun);
      }
      socket.destroy();
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { perSecond: times.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), bodyBytes };
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "localhost", () => resolve(socket));
    socket.setNoDelay(true);
    socket.once("error", reject);
  });
}

/** Counts whole answers of a connection by their Content-Length; anything but 200 ends the run. */
class Answers {
  #waiting: ((bytes: number) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;
  #head = "";
  #left = -1;
  #length = 0;

  constructor(socket: Socket) {
    socket.on("data", (data: Buffer) => this.#take(data));
    socket.once("close", () => this.#fail?.(new Error("the server closed the connection")));
  }

  next(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting = resolve;
      this.#fail = reject;
    });
  }

  #take(data: Buffer): void {
    let rest: Buffer = data;
    if (this.#left < 0) {
      this.#head += rest.toString("latin1");
      const end = this.#head.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (!this.#head.startsWith("HTTP/1.1 200")) {
        this.#fail?.(new Error(this.#head.slice(0, 200)));
        return;
      }
      this.#length = Number(/content-length: (\d+)/iu.exec(this.#head)?.[1] ?? "NaN");
      this.#left = this.#length - (this.#head.length - end - 4);
      this.#head = "";
      rest = Buffer.alloc(0);
    } else this.#left -= rest.length;
    if (this.#left > 0) return;
    this.#left = -1;
    this.#waiting?.(this.#length);
  }
}
