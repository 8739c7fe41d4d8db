const isSound = (value: unknown): boolean => {
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([name, member]) => name.isWellFormed() && isSound(member));
};

/**
 * The value, if `text` is exactly what `JSON.stringify` writes for it (with `indent` spaces and a last line feed when
 * `indent` is given), without floats and lone surrogates: one text, one meaning in every parser. Otherwise undefined.
 */
export const strictJson = (text: string, indent?: number): unknown => {
  const end = indent === undefined ? "" : "\n";
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value, null, indent) + end === text && isSound(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
