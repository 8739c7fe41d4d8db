// A passkey opens the keys: its secret comes from the PRF extension, the same at each use, and neither it nor anything that
// opens a keyring reaches the server. The authenticator is Chromium's own virtual one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { firstRunWords } from "#workspace/shell/first-run/words.ts";
import { signInWords } from "#workspace/shell/sign-in/words.ts";
import { openBrowser } from "./chromium.ts";
import { startFoundation } from "./newcomer.ts";
import { serveApp } from "./served-app.ts";
import type { Visitor } from "./visitor.ts";

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
});

/** Puts an authenticator into the device; `hasPrf` false: an older one that opens no keys. */
async function withAuthenticator(visitor: Visitor, hasPrf: boolean): Promise<void> {
  const session = await visitor.context.newCDPSession(visitor.page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  });
}

test("a foundation is started with a passkey, and its officer comes in again with nothing else", async () => {
  await using served = await serveApp(browser, { isRecording: true });
  const visitor = await served.visit({ language: "ru" });
  await withAuthenticator(visitor, true);
  await startFoundation(visitor, { by: "passkey" });
  await visitor.page.reload();
  const words = signInWords.ru;
  await visitor.button(words.passkey).click();
  await visitor.page.locator(".app").waitFor();
  await visitor.settled();
  const asked = served.relay.exchanges.map((one) => new TextDecoder().decode(one.asked)).join("\n");
  assert(asked.includes('"kind":"passkey"'));
  for (const word of ["prf", "secret"]) assert.equal(asked.includes(`"${word}"`), false);
  visitor.expectNoComplaints();
});

test("a passkey that cannot open keys says so, and the passphrase stays a way in", async () => {
  await using served = await serveApp(browser);
  const visitor = await served.visit({ language: "kk" });
  await withAuthenticator(visitor, false);
  await assert.rejects(startFoundation(visitor, { by: "passkey", patienceMs: 5_000 }));
  const words = firstRunWords.kk;
  await visitor.page
    .getByText(words.passkeyNoSecret)
    .or(visitor.page.getByText(words.passkeyNotUsed))
    .waitFor();
  await visitor.page.getByRole("radio", { name: words.byPassphrase }).check();
  await visitor.page.getByRole("textbox", { name: words.passphrase, exact: true }).waitFor();
  visitor.expectNoComplaints();
});
