/** How long background work lets itself be held up between two steps: one question may wait for something that takes minutes. */
const patienceMs = 100;

/** Screens come first: work in the background gives way while any of their questions is being answered. */
export class Turns {
  #asked = 0;

  /** Answers a question of a screen. */
  async answer<T>(work: () => Promise<T>): Promise<T> {
    this.#asked += 1;
    try {
      return await work();
    } finally {
      this.#asked -= 1;
    }
  }

  /** Between two steps of background work: questions that came meanwhile are heard, and answered as far as they soon can be. */
  async pause(): Promise<void> {
    await later(0);
    for (let waited = 0; this.#asked > 0 && waited < patienceMs; waited += 10) await later(10);
  }
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
