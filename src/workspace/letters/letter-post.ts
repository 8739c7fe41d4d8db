import { Failure } from "#session/refusals/failure.ts";
import type { Server } from "#workspace/desk/server.ts";

export type SentLetter = { readonly id: string; readonly by: string; readonly expires: number };
export type SealedAnswer = {
  readonly letter: string;
  readonly number: number;
  /** Base64url. */
  readonly sealed: string;
  /** Unix milliseconds of its arrival. */
  readonly at: number;
};
export type PostedLetters = {
  readonly letters: readonly SentLetter[];
  readonly answers: readonly SealedAnswer[];
};

/** Where letters lie until they are answered: with the server, or in the tab of the sample. Sealed in both. */
export type LetterPost = {
  all(): Promise<PostedLetters>;
  /** The sealed question in base64url; undefined when it has expired or was removed. */
  question(id: string): Promise<string | undefined>;
  put(id: string, letter: { readonly sealed: string; readonly expires: number }): Promise<void>;
  remove(id: string): Promise<void>;
  /** Address of the page that opens a letter, without its key. */
  readonly page: string;
  close(): void;
};

export function serverPost(server: Server): LetterPost {
  const address = (id: string) => `/api/letters/${encodeURIComponent(id)}`;
  return {
    page: `${server.origin}/app/letter.html`,
    all: () => server.json<PostedLetters>("GET", "/api/letters/answers"),
    async question(id) {
      try {
        return (await server.json<{ sealed: string }>("GET", address(id))).sealed;
      } catch (error) {
        // Expired this very moment, or removed by somebody else.
        if (error instanceof Failure && error.details["status"] === 404) return undefined;
        throw error;
      }
    },
    put: async (id, letter) => void (await server.json("PUT", address(id), letter)),
    remove: async (id) => void (await server.json("DELETE", address(id))),
    close: () => {},
  };
}
