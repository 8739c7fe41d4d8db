// What any question must wait for: Node's start, the keyring's file, the passphrase. Measured beside `funds show`, so
// that the difference is what the answer itself costs.
import { readFileSync } from "node:fs";
import process from "node:process";
import { unlockKeyring } from "#vault/keys/keyring.ts";

const keyring = await unlockKeyring(
  readFileSync(process.argv[2] ?? ""),
  process.env["AIGAQ_PASSPHRASE"] ?? "",
);
if (!keyring.ok) throw new Error(keyring.refusal.message);
process.stdout.write(`${keyring.value.member}\n`);
