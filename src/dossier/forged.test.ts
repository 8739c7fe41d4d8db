// A foundation that cheats: its log is signed and included as it should be, but what it says does not hold. Each case is
// found by the check that is named, in both programs.
import { expect, test } from "vitest";
import type { FundsEntry, Json } from "#domain/funds/entries.ts";
import { toBase64Url, utf8 } from "#record/bytes.ts";
import { signerFromSeed } from "#record/ed25519.ts";
import { issueEntry } from "#record/issue.ts";
import { keyProofMessage } from "#record/key-directory.ts";
import { expectOk } from "#record/result.ts";
import { EMPTY_ROOT } from "#record/tree.ts";
import { expectAgreement, unzip, zip } from "#test/dossier/both-verifiers.ts";
import { officerSigner, signBooks, type SignedLog } from "#test/dossier/signed-books.ts";
import { smallBooks } from "#test/dossier/small-books.ts";
import { fixedRandomness } from "#test/sample-entries.ts";
import { assembleDossier } from "./assemble.ts";
import type { CheckCode } from "./check-list.ts";

const question = { kind: "appeal", id: "A-2025-003" } as const;
const books = (await smallBooks()).entries;
const statement = unzip(expectOk(assembleDossier(signBooks(books).source(question)))).get(
  "data/statement.json",
) as Uint8Array;
const genesisHash = (log: SignedLog): Uint8Array => log.tips.get("genesis")?.hash ?? new Uint8Array(32);

type Draft = { [name: string]: Json };
type Case = readonly [name: string, code: CheckCode, make: () => SignedLog];

/** The books with one entry rewritten before it was signed. */
const rewritten = (
  type: string,
  change: (entry: { pub: Draft; hidden: Draft; items: { open: Draft; hidden: Draft }[] }) => void,
): SignedLog => {
  let isDone = false;
  const changed = books.map((entry): FundsEntry => {
    if (entry.type !== type || isDone) return entry;
    isDone = true;
    const copy = structuredClone({ pub: entry.pub, hidden: entry.hidden, items: entry.items }) as Parameters<
      typeof change
    >[0];
    change(copy);
    return { ...entry, ...copy };
  });
  expect(isDone).toBe(true);
  return signBooks(changed);
};

/** The books with one bank row turned round, in the statement and in all that was said about it. */
const turned = (minor: string): SignedLog => {
  const turn = (from: unknown): string => (from === "credit" ? "debit" : "credit");
  return signBooks(
    books.map((entry): FundsEntry => {
      const items = structuredClone(entry.items) as { open: Draft; hidden: { [name: string]: Draft } }[];
      for (const { open, hidden } of items) {
        const gift = hidden["gift"];
        if (open["minor"] === minor) open["direction"] = turn(open["direction"]);
        if (gift !== undefined && record(list(gift["parts"])[0])["minor"] === minor)
          gift["direction"] = turn(gift["direction"]);
      }
      return { ...entry, items };
    }),
  );
};

const list = (value: unknown): unknown[] => value as unknown[];
const record = (value: unknown): Record<string, unknown> => value as Record<string, unknown>;

const cheats: readonly Case[] = [
  [
    "a bank row is counted twice",
    "nullifier.once",
    () =>
      rewritten("attribution", ({ pub }) => {
        list(pub["nullifiers"])[1] = list(pub["nullifiers"])[0];
      }),
  ],
  [
    "a line is attributed twice",
    "line.once",
    () =>
      rewritten("attribution", ({ pub }) => {
        list(pub["lines"])[1] = 0;
      }),
  ],
  [
    "a line that is none is attributed",
    "line.once",
    () =>
      rewritten("attribution", ({ pub }) => {
        list(pub["lines"])[1] = 99;
      }),
  ],
  [
    "a gift is larger than the bank's line",
    "attribution.sum",
    () =>
      rewritten("attribution", ({ items }) => {
        record(list(record(items[0]?.hidden["gift"])["parts"])[0])["minor"] = "999";
      }),
  ],
  [
    "a move starts where the row does not stand",
    "attribution.sum",
    () =>
      rewritten("attribution.moved", ({ items }) => {
        record(list(record(items[0]?.hidden["gift"])["before"])[0])["minor"] = "1";
      }),
  ],
  [
    "a move corrects another entry",
    "nullifier.once",
    () =>
      rewritten("attribution.moved", ({ pub }) => {
        pub["corrects"] = "nothing";
      }),
  ],
  [
    "a statement claims more lines than its parts",
    "statement.parts",
    () =>
      rewritten("statement", ({ pub }) => {
        pub["lines"] = 11;
      }),
  ],
  [
    "an appeal has no currency",
    "entry.fields",
    () =>
      rewritten("appeal", ({ pub }) => {
        pub["currency"] = "tenge";
      }),
  ],
  [
    "a sum is a number with a point",
    "entry.fields",
    () =>
      rewritten("spending", ({ pub }) => {
        pub["minor"] = "20.5";
      }),
  ],
  [
    "a payment is of another sum than its bank row",
    "payment.once",
    () =>
      rewritten("spending", ({ pub }) => {
        pub["minor"] = "1";
      }),
  ],
  ...Object.entries({
    "of another appeal than its gift": { parts: [{ to: "A-2025-001", minor: "510000" }] },
    "with parts that are not its sum": { parts: [{ to: "A-2025-003", minor: "1" }] },
    "of a gift that nobody gave": { credit: "AAAAAAAAAAAAAAAAAAAAAA" },
    "larger than its gift": { minor: "510001", parts: [{ to: "A-2025-003", minor: "510001" }] },
    "in another currency": { currency: "EUR" },
    "of a gift, but of no appeal": { parts: [] },
  }).map(([name, change]): Case => [
    `a refund ${name}`,
    "refund.opened",
    () => rewritten("refund", ({ hidden }) => Object.assign(hidden, change)),
  ]),
  ...["minor", "date"].map((name): Case => [
    `the ${name} of a cover stands twice, shown and hidden`,
    "entry.fields",
    () =>
      rewritten("cover.given", ({ pub, hidden }) => {
        pub[name] = hidden[name] ?? null;
      }),
  ]),
  ...Object.entries({
    "for a reason that has no name": { reason: "because" },
    "on a day that does not exist": { ended: "2025-02-30" },
    "and leaves something that is no text": { leftover: 5 },
  }).map(([name, change]): Case => [
    `an appeal ends ${name}`,
    "entry.fields",
    () => {
      const log = signBooks(books);
      const pub = { appeal: "A-2025-003", ended: "2025-06-30", reason: "other", ...change };
      log.append({ type: "appeal.ended", stream: "funds", pub });
      return log;
    },
  ]),
  [
    "an appeal is opened again without a reason",
    "entry.fields",
    () => {
      const log = signBooks(books);
      const pub = { appeal: "A-2025-003", reopened: "2025-07-01" };
      log.append({ type: "appeal.reopened", stream: "funds", pub });
      return log;
    },
  ],
  [
    "a cover takes away what it says it gives",
    "entry.fields",
    () =>
      rewritten("cover.given", ({ hidden }) => {
        hidden["minor"] = "-1";
      }),
  ],
  [
    "one gift is given back twice",
    "refund.opened",
    () => {
      const log = signBooks(books);
      const { hidden } = books.find((entry) => entry.type === "refund") as FundsEntry;
      log.append({ type: "refund", stream: "refunds", pub: { id: "R-2" }, hidden });
      return log;
    },
  ],
  [
    "one bank row stands twice, under one position",
    "line.once",
    () =>
      rewritten("statement.lines", ({ items }) => {
        const [first, second] = items;
        Object.assign(second?.open ?? {}, { position: first?.open["position"], date: first?.open["date"] });
      }),
  ],
  ...["2025-04-03/2", "2025-04-02/01", "2025-04-02/0", "2025-04-02/1/1", "2025-04-02"].map(
    (position): Case => [
      `a line of 2 April has the position ${position}`,
      "line.once",
      () =>
        rewritten("statement.lines", ({ items }) => {
          Object.assign(items[0]?.open ?? {}, { position });
        }),
    ],
  ),
  ...["spending", "refund", "confirmation", "attribution", "statement.lines", "appeal"].map((type): Case => [
    `an entry ${type} stands in no stream, or in another`,
    "entry.fields",
    () => {
      const at = books.findIndex((entry) => entry.type === type);
      const elsewhere = type === "refund" ? undefined : { id: "elsewhere", seq: 0 };
      return signBooks(books.toSpliced(at, 1, { ...(books[at] as FundsEntry), stream: elsewhere }));
    },
  ]),
  ...["key.revoke", "room.epoch"].map((type): Case => [
    `an entry ${type} that can be left out unseen`,
    "entry.fields",
    () => {
      const log = signBooks(books);
      addKey(log, []);
      log.append({ type, pub: type === "key.revoke" ? { kid: strangerKid(log), from: 1_000 } : {} });
      return log;
    },
  ]),
  ["money that went out is a gift", "attribution.sum", () => turned("500000")],
  ["money that came in paid a payment", "attribution.sum", () => turned("2000000")],
  [
    "a close does not add up",
    "close.restated",
    () => {
      const log = signBooks(books);
      log.append({
        type: "fund.close",
        stream: "closes",
        pub: {
          appeal: "A-2025-003",
          currency: "KZT",
          week: "2025-W15",
          count: 7,
          minor: "5",
          classes: [{ minor: "1", count: 5 }],
          pooled: null,
          carried: 0,
          attributions: 3,
        },
      });
      return log;
    },
  ],
];

const signed = (
  log: SignedLog,
  more: Partial<Parameters<typeof issueEntry>[0]>,
  signer = officerSigner,
): string =>
  issueEntry(
    {
      type: "correction",
      genesis: genesisHash(log),
      at: 1_750_000_000,
      anchor: { size: 0, root: EMPTY_ROOT },
      pub: { corrects: "x", reason: "y" },
      ...more,
    },
    { signer, randomBytes: fixedRandomness("forged") },
  ).jwt;

const stranger = signerFromSeed(new Uint8Array(32).fill(9));

const strangerKid = (log: SignedLog): string =>
  JSON.parse(atob(signed(log, {}, stranger).split(".")[0] ?? "")).kid as string;

const addKey = (log: SignedLog, roles: string[]): void => {
  const proof = toBase64Url(stranger.sign(keyProofMessage(genesisHash(log), stranger.publicKey)));
  log.append({
    type: "key.add",
    stream: "keys",
    pub: { x: toBase64Url(stranger.publicKey), member: "second", roles, reading: "", account: "", proof },
  });
};

const withRaw =
  (make: (log: SignedLog) => string): (() => SignedLog) =>
  () => {
    const log = signBooks(books);
    log.appendRaw(make(log));
    return log;
  };

const forgeries: readonly Case[] = [
  [
    "the signature is another's",
    "entry.signature",
    withRaw((log) => {
      const jwt = signed(log, {});
      return (
        jwt.slice(0, jwt.lastIndexOf(".")) +
        signed(log, { at: 1 }).slice(signed(log, { at: 1 }).lastIndexOf("."))
      );
    }),
  ],
  ["a key signs that nobody added", "entry.key", withRaw((log) => signed(log, {}, stranger))],
  [
    "an entry of another log",
    "entry.genesis",
    withRaw((log) => signed(log, { genesis: new Uint8Array(32).fill(1) })),
  ],
  [
    "a stream has a gap",
    "stream.chain",
    withRaw((log) => signed(log, { stream: { id: "spending", seq: 40, previous: new Uint8Array(32) } })),
  ],
  [
    "a stream goes back",
    "stream.chain",
    withRaw((log) => signed(log, { stream: { id: "spending", seq: 0, previous: null } })),
  ],
  [
    "an anchor that never was",
    "anchor",
    withRaw((log) => signed(log, { anchor: { size: 5, root: new Uint8Array(32) } })),
  ],
  [
    "an anchor in the future",
    "anchor",
    withRaw((log) => signed(log, { anchor: { size: 5_000, root: new Uint8Array(32) } })),
  ],
  ["not an entry at all", "entry.form", withRaw(() => "not.a.jwt")],
  [
    "a member that is not known",
    "entry.form",
    withRaw((log) => {
      const [head, payload = "", signature] = signed(log, {}).split(".");
      const text = new TextDecoder().decode(Uint8Array.fromBase64(payload, { alphabet: "base64url" }));
      return `${head}.${toBase64Url(utf8(text.replace('"v":1', '"v":1,"x":2')))}.${signature}`;
    }),
  ],
  [
    "a key revoked back to before it signed",
    "entry.key",
    () => {
      const log = signBooks(books);
      addKey(log, []);
      const added = log.leaves.length;
      log.appendRaw(signed(log, {}, stranger));
      log.append({
        type: "key.revoke",
        stream: "keys",
        pub: {
          kid: strangerKid(log),
          from: added,
        },
      });
      return log;
    },
  ],
  [
    "who is no officer adds a key",
    "entry.key",
    () => {
      const log = signBooks(books);
      addKey(log, []);
      log.appendRaw(signed(log, { type: "key.revoke", pub: { kid: "x", from: 0 } }, stranger));
      return log;
    },
  ],
];

test("every cheat and every forgery is found by the check that is named for it", async () => {
  const cases = [...cheats, ...forgeries];
  const reports = await expectAgreement(
    cases.map(([name, , make]) => [name, zip(make().unchecked(statement))]),
  );
  for (const [i, [name, code]] of cases.entries()) {
    const broken =
      reports[i]?.checks.filter((line) => line.verdict === "broken").map((line) => line.code) ?? [];
    expect([name, broken.includes(code) ? code : broken]).toEqual([name, code]);
  }
});

test("nothing that our own checks would not pass is handed out", () => {
  for (const [, , make] of cheats) {
    const made = assembleDossier(make().source(question));
    expect(made.ok ? "handed out" : made.refusal.code).toBe("dossier-would-not-hold");
  }
});
