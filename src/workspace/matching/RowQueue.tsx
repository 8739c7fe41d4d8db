import { Checkbox, TextInput } from "@mantine/core";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { formatSum } from "#language/sums.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Day } from "#workspace/ui/Day.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { State } from "#workspace/ui/State.tsx";
import type { Deciding, OpenBankRow } from "./calls.ts";
import { DecisionPanel, type Choice } from "./DecisionPanel.tsx";
import { useDecideRows } from "./deciding.ts";
import { placeText, type AppealName } from "./place-text.ts";
import type { Suggestion } from "./suggestions.ts";
import { matchingWords } from "./words.ts";

type RowQueueProps = {
  readonly rows: readonly OpenBankRow[];
  readonly appeals: readonly AppealName[];
  readonly deciding: readonly Deciding[];
  /** Further suggestions that came later, by nullifier. */
  readonly donors?: ReadonlyMap<string, readonly Suggestion[]>;
};

/**
 * Bank rows to be decided one after the other, with the keyboard alone if one likes: j and k move, a figure chooses, Enter
 * records and goes on to the next.
 */
export function RowQueue({ rows, appeals, deciding, donors }: RowQueueProps) {
  const words = useWords(matchingWords);
  const { language } = useLanguage();
  const decisions = useDecideRows();
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(rows[0]?.nullifier);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [choice, setChoice] = useState<Choice>();
  const under = useMemo(() => new Set(deciding.flatMap(({ nullifiers }) => nullifiers)), [deciding]);
  const open = rows.filter(({ nullifier }) => !under.has(nullifier));
  const current = open.find(({ nullifier }) => nullifier === at) ?? open[0];

  const moveTo = (row: OpenBankRow | undefined) => {
    setChoice(undefined);
    setAt(row?.nullifier);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("[data-current]")?.focus());
  };
  const step = (by: 1 | -1) => {
    const index = open.findIndex((one) => one === current);
    moveTo(open[Math.max(0, Math.min(open.length - 1, index + by))]);
  };
  const toggle = (nullifier: string) =>
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(nullifier)) next.add(nullifier);
      return next;
    });
  const decided =
    current === undefined
      ? []
      : [current, ...open.filter((one) => one !== current && selected.has(one.nullifier))];

  const record = async () => {
    if (choice === undefined || current === undefined) return;
    const to =
      choice.parts === undefined
        ? placeText(choice.to, appeals, words, language)
        : words.splitChosen(choice.parts.length);
    const title =
      decided.length > 1
        ? words.decidedMany(decided.length, to)
        : words.decidedTitle(formatSum(current.minor, current.currency, language), to);
    const choices = decided.map(({ nullifier, minor }) => ({
      nullifier,
      parts: choice.parts ?? [{ to: choice.to, minor }],
    }));
    const index = open.indexOf(current);
    if (!(await decisions.decide(choices, title))) return;
    const left = open.filter((one) => !decided.includes(one));
    setSelected(new Set());
    moveTo(left[Math.min(index, left.length - 1)]);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const isTyping = (event.target as Element).closest("input, textarea, select, [role=combobox]") !== null;
    if (isTyping || event.altKey || event.ctrlKey || event.metaKey || current === undefined) return;
    if (event.key === "j" || event.key === "ArrowDown") step(1);
    else if (event.key === "k" || event.key === "ArrowUp") step(-1);
    else if (event.key === "x") toggle(current.nullifier);
    else if (event.key === "u") void decisions.undoLast();
    else if (event.key === "Escape") setChoice(undefined);
    else return;
    event.preventDefault();
  };

  // What was decided elsewhere, or has gone to the record, can no longer be selected.
  useEffect(() => {
    setSelected((before) => {
      const next = [...before].filter((nullifier) => open.some((one) => one.nullifier === nullifier));
      return next.length === before.size ? before : new Set(next);
    });
  }, [open]);

  return (
    <div className="matching">
      <div className="matching-head">
        <TextInput
          label={words.whoDecides}
          description={words.whoHint}
          value={decisions.by}
          onChange={(event) => decisions.setBy(event.currentTarget.value)}
          autoComplete="name"
        />
        <p className="matching-keys" aria-label={words.keys}>
          <kbd>j</kbd> <kbd>k</kbd> {words.keyMove} · <kbd>1</kbd>–<kbd>9</kbd> {words.keyChoose} ·{" "}
          <kbd>Enter</kbd> {words.keyRecord} · <kbd>x</kbd> {words.keySelect} · <kbd>u</kbd> {words.keyUndo}
        </p>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the rows inside, each of which takes the focus */}
      <ul className="matching-rows" ref={list} onKeyDown={onKeyDown}>
        {rows.map((row) => {
          const isCurrent = row === current;
          const isUnder = under.has(row.nullifier);
          return (
            <li key={row.nullifier} className="matching-row" data-open={isCurrent || undefined}>
              <div className="matching-line">
                <Checkbox
                  aria-label={`${words.select}: ${row.date} ${formatSum(row.minor, row.currency, language)}`}
                  checked={selected.has(row.nullifier)}
                  disabled={isUnder}
                  onChange={() => toggle(row.nullifier)}
                />
                <button
                  type="button"
                  className="matching-pick"
                  data-current={isCurrent || undefined}
                  aria-expanded={isCurrent}
                  disabled={isUnder}
                  onClick={() => moveTo(row)}
                >
                  <Day day={row.date} />
                  <span className="matching-sum">
                    <Money
                      minor={row.direction === "credit" ? row.minor : -row.minor}
                      currency={row.currency}
                    />
                  </span>
                  <span className="matching-text">
                    <HiddenText>{row.party ?? ""}</HiddenText>
                    {row.memo !== null && <span className="matching-memo">{row.memo}</span>}
                  </span>
                  {isUnder && <State tone="info">{words.underWay}</State>}
                </button>
              </div>
              {isCurrent && !isUnder && (
                <DecisionPanel
                  row={row}
                  appeals={appeals}
                  suggestions={merged(row.suggestions, donors?.get(row.nullifier) ?? [])}
                  alike={open.filter((one) => one.alike === row.alike && one !== row)}
                  selected={decided.length - 1}
                  onSelect={(others) => setSelected(new Set(others.map(({ nullifier }) => nullifier)))}
                  choice={choice}
                  onChoice={setChoice}
                  decisions={decisions}
                  onRecord={() => void record()}
                />
              )}
              {isCurrent && decisions.refusal !== undefined && choice !== undefined && (
                <RefusalAlert refusal={decisions.refusal} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Signs for one place together, whoever found them. */
function merged(one: readonly Suggestion[], other: readonly Suggestion[]): readonly Suggestion[] {
  const all = new Map(one.map(({ to, signs }) => [to, signs]));
  for (const { to, signs } of other) all.set(to, [...(all.get(to) ?? []), ...signs]);
  return [...all].map(([to, signs]) => ({ to, signs }));
}
