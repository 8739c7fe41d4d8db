// A broken file never throws and never passes for a sound one: cut anywhere, it is refused, reports a problem, or
// still holds all that the whole file held.
import { readFileSync, readdirSync } from "node:fs";
import { array, assert, asyncProperty, constantFrom, nat, tuple, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import type { InspectResult } from "./inspect.ts";
import { inspect } from "./inspect.ts";
import { bytesSource } from "./source.ts";

const folder = new URL("../../test/samples/bank/", import.meta.url);
const files = ["1c", "camt", "kz-1c", "kz-afm-xlsx", "kz-kaspi-gold", "mt940", "ofx", "csv"].flatMap((name) =>
  readdirSync(new URL(`${name}/`, folder)).map((file) => `${name}/${file}`),
);
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));
const read = (bytes: Uint8Array): Promise<InspectResult> =>
  inspect({ name: "file", source: bytesSource(bytes) });
const figures = (result: InspectResult): unknown =>
  result.ok
    ? result.value.map(({ problems, ...rest }) => ({ ...rest, codes: problems.map((one) => one.code) }))
    : result.refusal.code;
const hasProblem = (result: InspectResult): boolean =>
  !result.ok || result.value.some((one) => one.problems.length > 0);

/** MT940 messages and CSV records are whole in themselves: a cut between two of them cannot be seen. */
function endsBetweenRecords(name: string, bytes: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(bytes.subarray(-600));
  if (name.startsWith("mt940/")) return /:62[FM]:[^\r\n:]{12,}(?:\r?\n(?!:61:).*)*$/u.test(text);
  if (name.startsWith("csv/")) return true;
  return false;
}

for (const name of files) {
  test(`${name} cut off anywhere is refused, or shows a problem, or is the same`, async () => {
    const bytes = bytesOf(name);
    const whole = figures(await read(bytes));
    const step = name.startsWith("kz-") ? Math.ceil(bytes.length / 40) : Math.ceil(bytes.length / 120);
    for (let length = 0; length < bytes.length; length += step) {
      const cut = bytes.slice(0, length);
      const result = await read(cut);
      if (hasProblem(result) || endsBetweenRecords(name, cut)) continue;
      expect({ length, found: figures(result) }).toEqual({ length, found: whole });
    }
  });
}

test("bytes changed at random never make a reader throw", async () => {
  const texts = files.filter((name) => !name.endsWith(".pdf"));
  await assert(
    asyncProperty(
      constantFrom(...texts),
      array(tuple(nat(), nat(255)), { minLength: 1, maxLength: 12 }),
      async (name, changes) => {
        const bytes = bytesOf(name);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        const result = await read(bytes);
        expect(typeof result.ok).toBe("boolean");
      },
    ),
    { numRuns: 300 },
  );
});

test("any bytes at all are refused or read, never thrown at", async () => {
  await assert(
    asyncProperty(uint8Array({ maxLength: 400 }), async (bytes) => {
      expect(typeof (await read(bytes)).ok).toBe("boolean");
    }),
  );
});
