/** How often other calls of the desk get a turn while something long is read. */
const everyMs = 30;

/**
 * The same items, with a pause now and then: a worker that never pauses hears nobody, since questions of screens are tasks
 * and a loop over what is in memory is none.
 */
export async function* breathing<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  let last = performance.now();
  for await (const item of items) {
    yield item;
    if (performance.now() - last < everyMs) continue;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  }
}
