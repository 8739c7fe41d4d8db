import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Link } from "wouter";
import { fee, general, ownTransfer } from "#domain/funds/ids.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { FactList } from "#workspace/ui/FactList.tsx";
import { HiddenText } from "#workspace/ui/HiddenText.tsx";
import type { OpenBankRow } from "./calls.ts";
import type { RowChoice } from "./commands.ts";
import type { DecideRows } from "./deciding.ts";
import { placeText, signText, type AppealName } from "./place-text.ts";
import { RefundForm } from "./RefundForm.tsx";
import { SplitForm } from "./SplitForm.tsx";
import type { Suggestion } from "./suggestions.ts";
import { matchingWords } from "./words.ts";

/** What was chosen for the row; `parts` when it is split. */
export type Choice = { readonly to: string; readonly parts?: RowChoice["parts"] };

type DecisionPanelProps = {
  readonly row: OpenBankRow;
  readonly appeals: readonly AppealName[];
  readonly suggestions: readonly Suggestion[];
  /** Other open rows like this one. */
  readonly alike: readonly OpenBankRow[];
  /** How many further rows the decision is for. */
  readonly selected: number;
  readonly onSelect: (rows: readonly OpenBankRow[]) => void;
  readonly choice: Choice | undefined;
  readonly onChoice: (choice: Choice | undefined) => void;
  readonly decisions: DecideRows;
  readonly onRecord: () => void;
};

type Side = "split" | "refund" | undefined;

/** The answers to one row, each with what speaks for it; then ground and name, and what becomes permanent. */
export function DecisionPanel(props: DecisionPanelProps) {
  const { row, appeals, suggestions, alike, selected, choice, onChoice, decisions, onRecord } = props;
  const words = useWords(matchingWords);
  const { language } = useLanguage();
  const [side, setSide] = useState<Side>();
  const panel = useRef<HTMLDivElement>(null);
  const isCredit = row.direction === "credit";
  const numbered = suggestions.slice(0, 9);
  const fixed = isCredit
    ? ([["g", general]] as const)
    : ([
        ["f", fee],
        ["o", ownTransfer],
      ] as const);
  const others = fixed.filter(([, to]) => !numbered.some((one) => one.to === to));
  const choose = (to: string) => {
    setSide(undefined);
    onChoice({ to });
  };

  const latest = useRef<(key: string) => boolean>(() => false);
  useEffect(() => {
    latest.current = (key) => {
      const suggestion = /^[1-9]$/u.test(key) ? numbered[Number(key) - 1] : undefined;
      const other = others.find(([letter]) => letter === key);
      if (suggestion !== undefined) choose(suggestion.to);
      else if (other !== undefined) choose(other[1]);
      else if (key === "s" && isCredit) setSide("split");
      else if (key === "r" && isCredit) setSide("refund");
      else if (key === "n") panel.current?.querySelector<HTMLElement>("[data-ground]")?.focus();
      else if (key === "Enter" && choice !== undefined && isFilled(decisions)) onRecord();
      else return false;
      return true;
    };
  });
  // The row has the focus, not the panel: its keys are heard on the list item around both.
  useEffect(() => {
    const item = panel.current?.closest("li");
    const onKey = (event: globalThis.KeyboardEvent) => {
      const target = event.target as Element;
      const isField =
        target.closest("input:not([type=checkbox]), textarea, select, [role=combobox]") !== null;
      const isOtherButton = event.key === "Enter" && target.closest("button:not(.matching-pick), a") !== null;
      if (isField || isOtherButton || event.altKey || event.ctrlKey || event.metaKey) return;
      if (latest.current(event.key)) event.preventDefault();
    };
    item?.addEventListener("keydown", onKey);
    return () => item?.removeEventListener("keydown", onKey);
  }, []);

  return (
    <div className="matching-panel" ref={panel}>
      <Details row={row} />
      {numbered.length === 0 && (
        <p className="matching-soft">
          {words.noSuggestion} {!isCredit && <Link href="/spending/new">{words.enterPayment}</Link>}
        </p>
      )}
      <ul className="matching-choices">
        {numbered.map(({ to, signs }, i) => (
          <li key={to}>
            <Answer
              keyText={String(i + 1)}
              isChosen={choice?.to === to && choice.parts === undefined}
              onChoose={() => choose(to)}
              title={placeText(to, appeals, words, language)}
              why={signs.map((sign) => signText(sign, words, language)).join("; ")}
            />
          </li>
        ))}
        {others.map(([key, to]) => (
          <li key={to}>
            <Answer
              keyText={key}
              isChosen={choice?.to === to && choice.parts === undefined}
              onChoose={() => choose(to)}
              title={placeText(to, appeals, words, language)}
            />
          </li>
        ))}
      </ul>
      {isCredit && (
        <div className="matching-more">
          <NativeSelect
            size="sm"
            aria-label={words.otherAppeal}
            value={choice !== undefined && appeals.some(({ id }) => id === choice.to) ? choice.to : ""}
            onChange={(event) => {
              if (event.currentTarget.value !== "") choose(event.currentTarget.value);
            }}
            data={[
              { value: "", label: words.otherAppeal },
              ...appeals.map(({ id }) => ({ value: id, label: placeText(id, appeals, words, language) })),
            ]}
          />
          <Button variant="default" rightSection={<kbd>s</kbd>} onClick={() => setSide("split")}>
            {words.split}
          </Button>
          <Button variant="default" rightSection={<kbd>r</kbd>} onClick={() => setSide("refund")}>
            {words.refund}
          </Button>
        </div>
      )}
      {alike.length > 0 && (
        <div className="matching-more">
          {selected > 0 && <span className="matching-soft">{words.selected(selected)}</span>}
          {selected < alike.length && (
            <Button variant="subtle" size="compact-sm" onClick={() => props.onSelect(alike)}>
              {words.selectAlike(alike.length)}
            </Button>
          )}
          {selected > 0 && (
            <Button variant="subtle" size="compact-sm" onClick={() => props.onSelect([])}>
              {words.clearSelection}
            </Button>
          )}
        </div>
      )}
      {side === "split" && (
        <SplitForm
          row={row}
          appeals={appeals}
          first={numbered.map(({ to }) => to)}
          onBack={() => setSide(undefined)}
          onSplit={(parts) => {
            setSide(undefined);
            onChoice({ to: "", parts });
          }}
        />
      )}
      {side === "refund" && <RefundForm row={row} onBack={() => setSide(undefined)} />}
      {choice !== undefined && side === undefined && (
        <Confirm
          to={
            choice.parts === undefined
              ? placeText(choice.to, appeals, words, language)
              : words.splitChosen(choice.parts.length)
          }
          rows={selected + 1}
          decisions={decisions}
          onRecord={onRecord}
          onBack={() => onChoice(undefined)}
        />
      )}
    </div>
  );
}

function isFilled({ by, ground }: DecideRows): boolean {
  return by.trim() !== "" && ground.trim() !== "";
}

function Details({ row }: { readonly row: OpenBankRow }) {
  const words = useWords(matchingWords);
  const facts = [
    ...(row.party === null ? [] : [{ term: words.from, value: <HiddenText>{row.party}</HiddenText> }]),
    ...(row.reference === null ? [] : [{ term: words.reference, value: row.reference }]),
    { term: words.paidFrom, value: <HiddenText>{row.account}</HiddenText> },
  ];
  return row.direction === "debit" || row.reference !== null ? <FactList facts={facts.slice(1)} /> : null;
}

type AnswerProps = {
  readonly keyText: string;
  readonly title: string;
  readonly why?: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

function Answer({ keyText, title, why, isChosen, onChoose }: AnswerProps) {
  return (
    <button type="button" className="matching-choice" aria-pressed={isChosen} onClick={onChoose}>
      <kbd>{keyText}</kbd>
      <span>
        <span className="matching-choice-title">{title}</span>
        {why !== undefined && <span className="matching-soft">{why}</span>}
      </span>
    </button>
  );
}

type ConfirmProps = {
  readonly to: string;
  readonly rows: number;
  readonly decisions: DecideRows;
  readonly onRecord: () => void;
  readonly onBack: () => void;
};

/** Ground and button; beside them what becomes permanent, in a sentence instead of a dialog. */
function Confirm({ to, rows, decisions, onRecord, onBack }: ConfirmProps) {
  const words = useWords(matchingWords);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onBack();
  };
  return (
    <form
      className="matching-confirm"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        if (isFilled(decisions)) onRecord();
      }}
    >
      <TextInput
        label={words.ground}
        description={words.groundHint}
        value={decisions.ground}
        onChange={(event) => decisions.setGround(event.currentTarget.value)}
        data-ground
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears because a key asked for it, and is what comes next
        autoFocus={decisions.ground === ""}
        required
        withAsterisk={false}
        autoComplete="off"
      />
      {decisions.by.trim() === "" && (
        <TextInput
          label={words.whoDecides}
          defaultValue=""
          onBlur={(event) => decisions.setBy(event.currentTarget.value)}
          required
          withAsterisk={false}
          autoComplete="name"
        />
      )}
      <p className="matching-soft">{words.becomes(rows)}</p>
      <div className="buttons">
        <Button
          type="submit"
          disabled={!isFilled(decisions)}
          loading={decisions.isBusy}
          rightSection={<kbd>Enter</kbd>}
        >
          {words.decide(words.chosen(to, rows))}
        </Button>
        <Button variant="default" onClick={onBack}>
          {words.back}
        </Button>
      </div>
    </form>
  );
}
