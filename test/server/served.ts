/**
 * A server of an invented foundation for tests: a fresh folder, a port of its own, a clock that the test moves, and members
 * who do what a workspace does.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toBase64Url, utf8 } from "#record/bytes.ts";
import type { Signer } from "#record/ed25519.ts";
import type { Anchor, StreamPlace } from "#record/entry.ts";
import { sha256 } from "#record/hash.ts";
import type { IssuedEntry } from "#record/issue.ts";
import { issueEntry } from "#record/issue.ts";
import type { JsonObject } from "#record/json-strict.ts";
import { keyProofMessage } from "#record/key-directory.ts";
import { expectOk } from "#record/result.ts";
import { EMPTY_ROOT } from "#record/tree.ts";
import { signInMessage } from "#server/access/challenges.ts";
import type { Lock } from "#server/access/members.ts";
import { openServer, type RunningServer } from "#server/server.ts";
import { readSettings } from "#server/settings.ts";
import { signerNamed } from "#test/drills/invented-log.ts";

export type Served = AsyncDisposable & {
  readonly folder: string;
  /** The server that runs now; another one after `restart`. */
  readonly server: RunningServer;
  readonly address: string;
  /** Unix milliseconds as the server sees them. */
  readonly clock: { now: number };
  /** What the server reported to its operator. */
  readonly reports: string[];
  /** Stops the server and starts it again on the same folder. */
  restart(): Promise<void>;
};

/** Opens a server in a fresh folder. */
export async function serve(environment: Readonly<Record<string, string>> = {}): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), "aigaq-server-"));
  const clock = { now: 1_760_000_000_000 };
  const reports: string[] = [];
  const settings = expectOk(
    readSettings({
      environment: {
        AIGAQ_DATA: "data",
        AIGAQ_PORT: "0",
        AIGAQ_APP: "app",
        AIGAQ_VERIFIER: "verify.html",
        ...environment,
      },
      folder,
    }),
  );
  const open = async () => {
    const server = expectOk(
      await openServer({ settings, now: () => clock.now, report: (problem) => void reports.push(problem) }),
    );
    await server.ready;
    return server;
  };
  let server = await open();
  return {
    folder,
    clock,
    reports,
    get server() {
      return server;
    },
    get address() {
      return server.address;
    },
    async restart() {
      await server.stop();
      server = await open();
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A whole foundation: its first entry is in, and its officer is signed in. */
export async function serveFoundation(
  environment: Readonly<Record<string, string>> = {},
): Promise<{ served: Served; officer: Person }> {
  const served = await serve(environment);
  const officer = new Person(served, "M-01");
  const founded = await officer.found();
  if (founded.status !== 200) throw new Error(`not founded: ${await founded.text()}`);
  return { served, officer };
}

export type Draft = {
  readonly type?: string;
  readonly pub?: JsonObject;
  readonly anchor?: Anchor;
  readonly stream?: StreamPlace;
  readonly signer?: Signer;
  readonly genesis?: Uint8Array | null;
};

let entriesIssued = 0;

/** A member with her device key and one lock, and the cookie of her browser. */
export class Person {
  readonly member: string;
  readonly key: Signer;
  readonly lockKey: Signer;
  readonly #served: Served;
  cookie: string | undefined;
  genesis: Uint8Array | undefined;

  constructor(served: Served, member: string) {
    this.#served = served;
    this.member = member;
    this.key = signerNamed(`device of ${member}`);
    this.lockKey = signerNamed(`lock of ${member}`);
  }

  get lock(): Lock {
    return {
      id: toBase64Url(sha256(utf8(`lock id of ${this.member}`)).subarray(0, 16)),
      kind: "passphrase",
      salt: toBase64Url(sha256(utf8(`salt of ${this.member}`)).subarray(0, 16)),
      cost: { memoryKib: 65_536, passes: 3, lanes: 4 },
      publicKey: toBase64Url(this.lockKey.publicKey),
      sealed: toBase64Url(utf8(`key of the keyring of ${this.member}, sealed`)),
    };
  }

  get enrolment() {
    return {
      member: this.member,
      locks: [this.lock],
      keyring: toBase64Url(utf8(`keyring of ${this.member}, sealed`)),
    };
  }

  /** A request as the workspace sends it; `headers` are laid over. */
  fetch(path: string, init: RequestInit & { json?: unknown } = {}): Promise<Response> {
    const { json, headers, ...rest } = init;
    const all = new Headers({ "X-Aigaq": "1", Origin: this.#served.address });
    if (this.cookie !== undefined) all.set("Cookie", this.cookie);
    if (json !== undefined) all.set("Content-Type", "application/json");
    for (const [name, value] of new Headers(headers)) all.set(name, value);
    return fetch(this.#served.address + path, {
      redirect: "manual",
      ...rest,
      headers: all,
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  }

  async get<T>(path: string): Promise<T> {
    const answer = await this.fetch(path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** Issues an entry; it goes nowhere. */
  issue(draft: Draft = {}): IssuedEntry {
    const number = entriesIssued++;
    const isAboutKeys = /^(?:key\.|room\.epoch$)/u.test(draft.type ?? "");
    const next = () => this.#served.server.services.host.state.streams.next("keys");
    const stream = draft.stream ?? (isAboutKeys ? next() : undefined);
    let calls = 0;
    return issueEntry(
      {
        type: draft.type ?? "note",
        genesis: draft.genesis === undefined ? (this.genesis ?? null) : draft.genesis,
        at: 1_760_000_000,
        anchor: draft.anchor ?? { size: 0, root: EMPTY_ROOT },
        ...(stream !== undefined && { stream }),
        pub: draft.pub ?? {},
      },
      {
        signer: draft.signer ?? this.key,
        randomBytes: (length) => {
          const bytes = new Uint8Array(length);
          for (let at = 0; at < length; at += 32)
            bytes.set(sha256(utf8(`${this.member} ${number} ${calls++}`)).subarray(0, length - at), at);
          return bytes;
        },
      },
    );
  }

  issueGenesis(logKey = this.#served.server.services.logKey.vkey): IssuedEntry {
    return this.issue({
      type: "genesis",
      genesis: null,
      pub: {
        name: "Үлгі",
        currency: "KZT",
        log: logKey,
        officer: { x: toBase64Url(this.key.publicKey), member: this.member },
      },
    });
  }

  /** Starts the foundation with this person as its officer. */
  async found(headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const genesis = this.issueGenesis();
    const answer = await this.fetch("/api/foundation", {
      method: "POST",
      headers,
      json: { entries: [{ jwt: genesis.jwt }], objects: [], member: this.enrolment },
    });
    if (answer.status === 200) {
      this.genesis = genesis.hash;
      this.#keepCookie(answer);
    }
    return answer;
  }

  /** The entry by which `officer` puts a colleague's key on the record. */
  issueKeyOf(colleague: Person, roles: readonly string[] = ["finance"]): IssuedEntry {
    if (this.genesis === undefined) throw new Error("no foundation yet");
    colleague.genesis = this.genesis;
    const { publicKey } = colleague.key;
    return this.issue({
      type: "key.add",
      pub: {
        x: toBase64Url(publicKey),
        member: colleague.member,
        roles,
        proof: toBase64Url(colleague.key.sign(keyProofMessage(this.genesis, publicKey))),
      },
    });
  }

  append(
    entries: readonly Pick<IssuedEntry, "jwt">[],
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<Response> {
    return this.fetch("/api/entries", {
      method: "POST",
      json: { entries: entries.map(({ jwt }) => ({ jwt })), objects: [], ...more },
    });
  }

  /** Asks for a challenge; the answer to it is in `answerTo`. */
  async challenge(): Promise<string> {
    const answer = await this.fetch("/api/sign-in/start", { method: "POST", json: { member: this.member } });
    return ((await answer.json()) as { challenge: string }).challenge;
  }

  answerTo(
    challenge: string,
    more: { origin?: string; key?: Signer; lock?: string } = {},
  ): Promise<Response> {
    const message = signInMessage(more.origin ?? this.#served.address, this.member, challenge);
    return this.fetch("/api/sign-in", {
      method: "POST",
      json: {
        member: this.member,
        lock: more.lock ?? this.lock.id,
        challenge,
        signature: toBase64Url((more.key ?? this.lockKey).sign(message)),
      },
    });
  }

  async signIn(): Promise<Response> {
    const answer = await this.answerTo(await this.challenge());
    this.#keepCookie(answer);
    return answer;
  }

  #keepCookie(answer: Response): void {
    const [cookie] = answer.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(";")[0];
  }
}

/** A colleague whose key is on the record and whose locks are here: she signs in as anyone does. */
export async function colleague(served: Served, officer: Person, member: string): Promise<Person> {
  const person = new Person(served, member);
  await expectStatus(officer.append([officer.issueKeyOf(person)]), 200);
  await served.server.services.members.put({ ...person.enrolment, keyringVersion: 1 });
  await expectStatus(person.signIn(), 200);
  return person;
}

/** The answer's JSON, when it has the status; else throws with what was answered. */
export async function expectStatus(
  request: Promise<Response>,
  status: number,
): Promise<Record<string, unknown>> {
  const answer = await request;
  const text = await answer.text();
  if (answer.status !== status) throw new Error(`answered ${answer.status}, not ${status}: ${text}`);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** `"stale-head"`: the code of a refusal, with its status before it. */
export async function refusal(request: Promise<Response>): Promise<string> {
  const answer = await request;
  const { error } = (await answer.json()) as { error?: { code: string } };
  return `${answer.status} ${error?.code ?? "no refusal"}`;
}
