import { useDebouncedValue } from "@mantine/hooks";
import { useAsk } from "#workspace/desk/client.ts";

export type Found = { readonly id: string; readonly title: string; readonly path: string };

/** What the record holds of the words typed into the palette; a letter alone would find everything. */
export function useFound(query: string): readonly Found[] {
  const [settled] = useDebouncedValue(query.trim(), 120);
  const isAsked = settled.length >= 2;
  const { data } = useAsk("search.find", { query: settled, limit: 8 }, { enabled: isAsked });
  return isAsked ? (data?.items ?? []) : [];
}
