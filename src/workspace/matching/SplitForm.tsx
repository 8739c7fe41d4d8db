import { ActionIcon, Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { general } from "#domain/funds/ids.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { SumField } from "#workspace/ui/fields.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Money } from "#workspace/ui/Money.tsx";
import type { OpenBankRow } from "./calls.ts";
import type { RowChoice } from "./commands.ts";
import { placeText, type AppealName } from "./place-text.ts";
import { matchingWords } from "./words.ts";

type SplitFormProps = {
  readonly row: OpenBankRow;
  readonly appeals: readonly AppealName[];
  /** Places to begin with. */
  readonly first: readonly string[];
  readonly onSplit: (parts: RowChoice["parts"]) => void;
  readonly onBack: () => void;
};

type Part = { readonly key: number; readonly to: string; readonly minor: bigint | undefined };

/** A gift for several appeals: parts that add up to it, to the last tiyn. The last part offers what is left. */
export function SplitForm({ row, appeals, first, onSplit, onBack }: SplitFormProps) {
  const words = useWords(matchingWords);
  const { language } = useLanguage();
  const places = [general, ...appeals.map(({ id }) => id)];
  const offered = [...first.filter((to) => places.includes(to)), ...places];
  const [parts, setParts] = useState<readonly Part[]>(() =>
    [0, 1].map((key) => ({ key, to: offered[key] ?? general, minor: undefined })),
  );
  const given = parts.reduce((sum, { minor }) => sum + (minor ?? 0n), 0n);
  const left = row.minor - given;
  const isWhole =
    left === 0n &&
    parts.every(({ minor }) => minor !== undefined) &&
    new Set(parts.map(({ to }) => to)).size === parts.length;
  const change = (key: number, by: Partial<Part>) =>
    setParts(parts.map((one) => (one.key === key ? { ...one, ...by } : one)));
  return (
    <form
      className="matching-side"
      aria-label={words.splitTitle}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) onSplit(parts.map(({ to, minor }) => ({ to, minor: minor ?? 0n })));
      }}
    >
      <h3>{words.splitTitle}</h3>
      {parts.map((part, i) => (
        <div key={part.key} className="matching-part">
          <NativeSelect
            label={words.part(i + 1)}
            value={part.to}
            onChange={(event) => change(part.key, { to: event.currentTarget.value })}
            data={places.map((to) => ({ value: to, label: placeText(to, appeals, words, language) }))}
          />
          <SumField
            label={words.partSum}
            currency={row.currency}
            value={part.minor}
            onChange={(minor) => change(part.key, { minor })}
          />
          {parts.length > 2 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words.removePart}
              onClick={() => setParts(parts.filter((one) => one !== part))}
            >
              <Icon name="close" size={16} />
            </ActionIcon>
          )}
        </div>
      ))}
      <p role="status" className={left < 0n ? "matching-bad" : "matching-soft"}>
        {left < 0n ? words.tooMuch : words.left}:{" "}
        <Money minor={left < 0n ? -left : left} currency={row.currency} />
      </p>
      <div className="buttons">
        <Button type="submit" disabled={!isWhole}>
          {words.splitDone}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            const key = Math.max(...parts.map((one) => one.key)) + 1;
            const free = places.find((to) => !parts.some((one) => one.to === to)) ?? general;
            setParts([...parts, { key, to: free, minor: left > 0n ? left : undefined }]);
          }}
        >
          {words.addPart}
        </Button>
        <Button variant="default" onClick={onBack}>
          {words.back}
        </Button>
      </div>
    </form>
  );
}
