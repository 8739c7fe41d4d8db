import { useHistoryState } from "wouter/use-browser-location";

/**
 * What was typed on a screen, kept with its place in this tab's history: going back finds it again. Never in the address: there
 * it would stand in the browser's history in the clear, and go to the server when the page is loaded anew.
 *
 * @example const [query, setQuery] = usePlaceText("query");
 */
export function usePlaceText(name: string): readonly [string, (text: string) => void] {
  const state = useHistoryState<Readonly<Record<string, unknown>> | null>();
  const text = state?.[name];
  return [
    typeof text === "string" ? text : "",
    (next) => history.replaceState({ ...(history.state as object | null), [name]: next }, ""),
  ];
}
