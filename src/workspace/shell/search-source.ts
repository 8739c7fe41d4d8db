export type Found = { readonly id: string; readonly title: string; readonly path: string };

export function useFound(_query: string): readonly Found[] {
  return [];
}
