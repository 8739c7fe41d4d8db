/** What the sample foundation calls itself, and speaks. */
export const sampleFoundation = {
  name: "Үлгі",
  currency: "KZT",
  languages: ["kk", "ru", "en"],
} as const;
