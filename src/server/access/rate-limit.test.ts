// Limits must hold against many, and keep no one's address.
import { expect, test } from "vitest";
import { RateLimit, limitedAddress, rates } from "./rate-limit.ts";

const random = (length: number) => new Uint8Array(length).fill(7);

test("a burst passes, then one per interval; the wait that is named is enough, and not a second less", () => {
  let now = 0;
  const limit = new RateLimit(() => now, random);
  for (let i = 0; i < rates.letterAnswer.burst; i++) expect(limit.take("letterAnswer", "a")).toBeUndefined();
  expect(limit.take("letterAnswer", "a")).toEqual({ retryAfter: 30 });
  expect(limit.take("letterAnswer", "b")).toBeUndefined();
  expect(limit.take("letter", "a")).toBeUndefined();
  now += 29_000;
  expect(limit.take("letterAnswer", "a")).toEqual({ retryAfter: 1 });
  now += 1_000;
  expect(limit.take("letterAnswer", "a")).toBeUndefined();
});

test("a bucket is forgotten when it is full again, and a flood of addresses does not fill the memory", () => {
  let now = 0;
  const limit = new RateLimit(() => now, random);
  for (let i = 0; i < 100_050; i++) limit.take("signIn", `address ${i}`);
  expect(limit.size).toBeLessThanOrEqual(100_000);
  now += 60 * 60_000;
  limit.sweep();
  expect(limit.size).toBe(0);
});

test("a whole IPv6 network is one, and IPv4 in IPv6 is an address", () => {
  expect(limitedAddress("2001:db8:1:2:3:4:5:6")).toBe(limitedAddress("2001:db8:1:2:ffff::1"));
  expect(limitedAddress("2001:db8:1:3::1")).not.toBe(limitedAddress("2001:db8:1:2::1"));
  expect(limitedAddress("::ffff:203.0.113.9")).toBe("::ffff:203.0.113.9");
  expect(limitedAddress("203.0.113.9")).toBe("203.0.113.9");
});
