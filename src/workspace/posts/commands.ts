import { decidePosts } from "#domain/funds/decide-catalogue.ts";
import type { Command } from "#workspace/desk/command.ts";

export type AddPost = {
  readonly id: string;
  readonly appeal: string;
  readonly kind: "post" | "repost";
  /** The moment with its zone: "2025-02-01T10:05:00+05:00". */
  readonly published: string;
  readonly target: { readonly currency: string; readonly minor: bigint };
  /** The case under its public name; empty: none. */
  readonly case: string;
  /** SHA-256 of the text in UTF-8, hex; empty: not given. The text itself never leaves the device. */
  readonly textHash: string;
};

const addPost: Command<AddPost> = {
  async decide(session, { id, appeal, kind, published, target, case: of, textHash }) {
    const { funds } = await session.books();
    return decidePosts(funds, [
      {
        id,
        appeal,
        kind,
        published,
        target: { currency: target.currency, minor: target.minor.toString() },
        ...(of !== "" && { case: of }),
        ...(textHash !== "" && { textHash }),
      },
    ]);
  },
};

export const postCommands = { "post.add": addPost };
