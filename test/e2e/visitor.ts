/** Somebody at a browser: a profile of her own, one page, and a list of everything that went wrong on it. */
import assert from "node:assert/strict";
import { languageNames, type Language } from "#language/language.ts";
import { shellWords } from "#workspace/shell/words.ts";
import { signInWords } from "#workspace/shell/sign-in/words.ts";
import { basename, join, resolve } from "node:path";
import { argv } from "node:process";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import type { Relay } from "./relay.ts";

export type Device = "desktop" | "phone";

const devices = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
} as const;

const lastSeen = resolve(import.meta.dirname, "../../.cache/e2e/last-seen");
const locales = { kk: "kk-KZ", ru: "ru-RU", en: "en-GB" } as const;

/** Answers that a browser tells as errors and that are none: the workspace asks whether something is there, and it is not. */
const plainAnswers = [
  // No snapshot of the room yet.
  /\/api\/cache\//u,
  // Nobody has left books for newcomers yet.
  /\/api\/rooms\/[0-9a-f]+\/snapshot$/u,
  // The letter is gone.
  /\/api\/letters\/[^/]+$/u,
  // Nobody is signed in yet.
  /\/api\/me$/u,
];

/** In her room, which the workspace follows. */
export type Light = "light" | "dark";

export class Visitor {
  page: Page;
  readonly context: BrowserContext;
  readonly device: Device;
  readonly complaints: string[] = [];
  readonly #relay: Relay;
  #light: Light;
  language: Language;

  private constructor(page: Page, relay: Relay, device: Device, language: Language, light: Light) {
    this.page = page;
    this.context = page.context();
    this.device = device;
    this.language = language;
    this.#light = light;
    this.#relay = relay;
    this.#listen(page);
  }

  static async arrive(
    browser: Browser,
    relay: Relay,
    options: {
      readonly language: Language;
      readonly device?: Device;
      readonly isDark?: boolean;
      readonly hasNoPolicy?: boolean;
    },
  ): Promise<Visitor> {
    const { language, device = "desktop", isDark = false, hasNoPolicy = false } = options;
    const light: Light = isDark ? "dark" : "light";
    const context = await browser.newContext({
      ...devices[device],
      locale: locales[language],
      timezoneId: "Asia/Almaty",
      colorScheme: light,
      bypassCSP: hasNoPolicy,
      acceptDownloads: true,
      // Moving things are still when the picture is taken, and axe does not measure half a fade.
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(60_000);
    await context.addInitScript(countQuestions);
    const page = await context.newPage();
    const visitor = new Visitor(page, relay, device, language, light);
    await page.goto(`${relay.address}/app/`);
    return visitor;
  }

  /** Closes the tab and opens the workspace in another one of the same profile. */
  async replaceTab(path = "/"): Promise<void> {
    const before = this.page;
    this.page = await this.context.newPage();
    this.#listen(this.page);
    await before.close();
    await this.page.goto(`${this.#relay.address}/app${path}`);
  }

  #listen(page: Page): void {
    page.on("console", (message) => {
      if (message.type() !== "error" || this.#isExpected(message.text(), message.location().url)) return;
      this.complaints.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => this.complaints.push(`page: ${error.stack ?? error.message}`));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(this.#relay.address) && !/^(?:blob|data):/u.test(url))
        this.complaints.push(`asked a stranger: ${url}`);
    });
  }

  #isExpected(text: string, url: string): boolean {
    // A browser calls each request that found no network an error; during a cut that is the point.
    if (
      /net::ERR_(?:INTERNET_DISCONNECTED|CONNECTION_\w+|EMPTY_RESPONSE|FAILED|INCOMPLETE_CHUNKED_ENCODING|NETWORK_CHANGED)/u.test(
        text,
      )
    )
      return this.#hasBeenCut;
    return (
      /status of 40[14]/u.test(text) && plainAnswers.some((pattern) => pattern.test(new URL(url).pathname))
    );
  }

  #hasBeenCut = false;

  /** Takes the network away: the browser knows it, and the cable is out as well. */
  async cutNetwork(): Promise<void> {
    this.expectCut();
    this.#relay.cut();
    await this.context.setOffline(true);
  }

  /** For a cut that the relay makes by itself, at the request that the test chose. */
  expectCut(): void {
    this.#hasBeenCut = true;
  }

  async restoreNetwork(): Promise<void> {
    this.#relay.restore();
    await this.context.setOffline(false);
  }

  /** Goes to a screen inside the workspace, without loading the page anew: what is open stays open. */
  async goTo(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      history.pushState(null, "", to);
    }, `/app${path}`);
    await this.settled();
  }

  /** Until the screen is drawn, its answers are there and nothing moves any more. */
  async settled(): Promise<void> {
    await this.page.locator("h1").first().waitFor();
    await this.page.waitForFunction(
      () =>
        document.querySelector(".screen-loading, .opening, [aria-busy=true]") === null &&
        (globalThis as unknown as { questions: ReadonlySet<number> }).questions.size === 0,
    );
    await this.still();
  }

  /** Until nothing is drawn any more: a dialog has opened, a list has come. */
  async still(): Promise<void> {
    await this.page.evaluate(quiet);
  }

  get light(): Light {
    return this.#light;
  }

  /** Turns the light on or off in her room; ends when every colour has changed. */
  async lightAs(light: Light): Promise<void> {
    if (light === this.#light) return;
    this.#light = light;
    await this.page.emulateMedia({ colorScheme: light });
    await this.page.waitForFunction(
      (wanted) =>
        // The page of a letter follows the room by itself.
        (document.documentElement.dataset["mantineColorScheme"] ?? wanted) === wanted &&
        document.getAnimations().every(({ playState }) => playState !== "running"),
      light,
    );
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }

  async signIn(member: string, passphrase: string, { patienceMs = 60_000 } = {}): Promise<void> {
    const words = signInWords[this.language];
    const secret = this.page.getByLabel(words.passphrase, { exact: true });
    await secret.fill(passphrase);
    const number = this.page.getByRole("textbox", { name: words.member, exact: true });
    if (await number.isVisible()) await number.fill(member);
    await this.button(words.signIn).click();
    await this.page.locator(".app").waitFor({ timeout: patienceMs });
    await this.settled();
  }

  /** Changes the language as she would: by the menu above the screen, or the switch before the workspace. */
  async speak(language: Language): Promise<void> {
    if (language === this.language) return;
    const name = languageNames[language];
    const before = this.page.getByRole("group", { name: shellWords[this.language].language });
    if (await before.isVisible()) await before.getByRole("button", { name }).click();
    else {
      await this.button(new RegExp(`, ${shellWords[this.language].language}: `, "u")).click();
      await this.page.getByRole("menuitemradio", { name }).click();
    }
    this.language = language;
    await this.page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
  }

  /** Throws with everything that went wrong since she came. */
  expectNoComplaints(): void {
    assert.deepEqual(this.complaints.splice(0), []);
  }

  /** What she saw last stays in .cache/e2e: where a test fails, it shows why. */
  async leave(): Promise<void> {
    const path = join(lastSeen, `${basename(argv[1] ?? "test")}-${this.language}-${this.device}.png`);
    if (!this.page.isClosed()) await this.page.screenshot({ path, timeout: 5000 }).catch(() => undefined);
    await this.context.close().catch(() => undefined);
  }
}

/** Runs in the page: waits until nothing was drawn for a fifth of a second, five seconds at most. */
function quiet(): Promise<void> {
  return new Promise((done) => {
    const still = () => {
      watcher.disconnect();
      done();
    };
    let timer = setTimeout(still, 200);
    const watcher = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(still, 200);
    });
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    setTimeout(still, 5000);
  });
}

/**
 * Runs in the page before anything else: keeps count of what the page asked its desk and has no answer to yet, so that a test
 * looks at a screen when it is whole. What waits for the outbox may wait for ever and is left out.
 */
function countQuestions(): void {
  const questions = new Set<number>();
  Object.assign(globalThis, { questions });
  if (typeof Worker === "undefined") return;
  const { postMessage } = Worker.prototype;
  const heard = new WeakSet<Worker>();
  Worker.prototype.postMessage = function post(
    this: Worker,
    message: { id?: unknown; name?: unknown },
    ...rest
  ) {
    if (typeof message.id === "number" && message.name !== "outbox.settled") {
      questions.add(message.id);
      if (!heard.has(this)) {
        heard.add(this);
        this.addEventListener("message", ({ data }: MessageEvent<{ id?: number }>) => {
          if (data.id !== undefined) questions.delete(data.id);
        });
      }
    }
    Reflect.apply(postMessage, this, [message, ...rest]);
  };
}
