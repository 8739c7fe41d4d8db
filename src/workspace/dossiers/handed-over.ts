/**
 * A dossier that another part of the workspace hands to the screen where dossiers are checked, as if it had been dropped there.
 * Taken once; a later one replaces one that was not taken.
 */
let waiting: File | undefined;
let take: ((file: File) => void) | undefined;

export function handOver(file: File): void {
  if (take === undefined) waiting = file;
  else take(file);
}

/** While the screen is open: what waits is taken at once. Returns the way to stop. */
export function onHandedOver(taker: (file: File) => void): () => void {
  take = taker;
  const file = waiting;
  waiting = undefined;
  if (file !== undefined) taker(file);
  return () => {
    if (take === taker) take = undefined;
  };
}
