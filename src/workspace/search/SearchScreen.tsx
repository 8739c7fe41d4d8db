import { Chip, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { Link, useSearchParams } from "wouter";
import { formatCount } from "#language/numbers.ts";
import { useAsk, useDeskProgress } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Day } from "#workspace/ui/Day.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { usePlaceText } from "#workspace/ui/place-text.ts";
import { ProgressPanel } from "#workspace/ui/ProgressPanel.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import type { FoundItem } from "./calls.ts";
import { searchKinds, type SearchKind } from "./documents.ts";
import type { Range } from "./highlight.ts";
import { searchWords } from "./words.ts";
import "./search.css";

const limit = 60;

/** Everything that one may read, by any word of it. What was asked stays with the place, so a result can be come back from. */
export default function SearchScreen() {
  const words = useWords(searchWords);
  const [address, setAddress] = useSearchParams();
  const [query, setQuery] = usePlaceText("query");
  const kinds = searchKinds.filter((kind) => address.getAll("kind").includes(kind));
  const change = (q: string, chosen: readonly SearchKind[]) => {
    const next = new URLSearchParams();
    for (const kind of chosen) next.append("kind", kind);
    if (next.toString() !== address.toString()) setAddress(next, { replace: true });
    // After the address, which begins the place's state anew.
    setQuery(q);
  };
  const list = useRef<HTMLDivElement>(null);
  const toList = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    list.current?.querySelector("a")?.focus();
  };
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <div className="search-head" role="search">
        <TextInput
          type="search"
          size="md"
          aria-label={words.field}
          placeholder={words.placeholder}
          leftSection={<Icon name="search" />}
          value={query}
          // The one thing that one comes here for.
          autoFocus
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change(event.currentTarget.value, kinds)}
          onKeyDown={toList}
        />
        <Chip.Group
          multiple
          value={[...kinds]}
          onChange={(chosen: string[]) =>
            change(
              query,
              searchKinds.filter((kind) => chosen.includes(kind)),
            )
          }
        >
          <div className="search-kinds" role="group" aria-label={words.only}>
            {searchKinds.map((kind) => (
              <Chip key={kind} value={kind} size="sm" radius="xl">
                {words.kinds[kind]}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      </div>
      <div ref={list} onKeyDown={walk}>
        <Results query={query} kinds={kinds} />
      </div>
    </>
  );
}

/** Up and down among the results, and back into the field. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const links = [...event.currentTarget.querySelectorAll("a")];
  const at = links.findIndex((link) => link === document.activeElement);
  if (at === -1 || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  event.preventDefault();
  const next = links[event.key === "ArrowDown" ? at + 1 : at - 1];
  if (next !== undefined) next.focus();
  else if (event.key === "ArrowUp") document.querySelector<HTMLElement>(".search-head input")?.focus();
}

function Results({ query, kinds }: { readonly query: string; readonly kinds: readonly SearchKind[] }) {
  const words = useWords(searchWords);
  const { language } = useLanguage();
  const [settled] = useDebouncedValue(query.trim(), 120);
  const { data, error } = useAsk("search.find", { query: settled, kinds, limit });
  const progress = useDeskProgress();
  if (error !== null) return <RefusalAlert refusal={error} />;
  if (data === undefined)
    return (
      <ProgressPanel
        title={words.title}
        step={words.building}
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
      />
    );
  if (settled === "")
    return (
      <EmptyState
        icon="search"
        title={words.startTitle}
        text={`${words.startText} ${words.searched(formatCount(data.searched, language))}.`}
      />
    );
  if (data.items.length === 0)
    return <EmptyState icon="search" title={words.noneTitle} text={words.noneText} />;
  const groups = searchKinds
    .map((kind) => ({ kind, items: data.items.filter((item) => item.kind === kind) }))
    .filter(({ items }) => items.length > 0)
    .toSorted((a, b) => data.items.indexOf(first(a.items)) - data.items.indexOf(first(b.items)));
  return (
    <>
      <p className="search-count" role="status">
        {data.hasAllWords ? words.found(data.total, data.items.length) : words.someWords}
      </p>
      {groups.map(({ kind, items }) => (
        <section key={kind} className="search-group" aria-label={words.kinds[kind]}>
          <h2>{words.kinds[kind]}</h2>
          <ul>
            {items.map((item) => (
              <Found key={item.id} item={item} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** A group is never empty. */
function first(items: readonly FoundItem[]): FoundItem {
  const [item] = items;
  if (item === undefined) throw new Error("bug: a group of nothing");
  return item;
}

function Found({ item }: { readonly item: FoundItem }) {
  const isPersonal = item.kind === "row" || item.kind === "member" || item.kind === "payment";
  return (
    <li>
      <Link href={item.path}>
        <span className={isPersonal ? "search-title personal" : "search-title"}>
          <Marked text={item.title} ranges={item.titleRanges} />
        </span>
        {item.text !== "" && (
          <span className={isPersonal ? "search-text personal" : "search-text"}>
            <Marked text={item.text} ranges={item.textRanges} />
          </span>
        )}
      </Link>
      <span className="search-side">
        {item.sum !== undefined && (
          <Money minor={item.sum.minor} currency={item.sum.currency} isSigned={item.kind === "row"} />
        )}
        {item.day !== undefined && <Day day={item.day} />}
      </span>
    </li>
  );
}

function Marked({ text, ranges }: { readonly text: string; readonly ranges: readonly Range[] }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
