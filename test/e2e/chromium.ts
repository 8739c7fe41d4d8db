import { type Browser, chromium } from "playwright-core";

const executablePath = "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Debian's Chromium, which asks nothing of the network by itself: for tests and benchmarks. */
export const launchOptions = { executablePath, args };

export function openBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions);
}
