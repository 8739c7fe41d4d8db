import type { ThreeTexts } from "./subject.ts";

export type Notice = {
  readonly id: string;
  /** Unix seconds. */
  readonly at: number;
  readonly text: ThreeTexts;
  /** Inside the app, such as "/appeals/A-2025-003". */
  readonly path?: string;
};

type Notices = {
  readonly notices: readonly Notice[];
  readonly unread: number;
  markRead(): void;
};

export function useNotices(): Notices {
  return { notices: [], unread: 0, markRead: () => undefined };
}
