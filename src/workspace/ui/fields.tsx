import { NativeSelect, TextInput } from "@mantine/core";
import { useId, useState, type ReactNode } from "react";
import { parseAmount } from "#domain/funds/money.ts";
import { currencySign, sumDecimals } from "#language/sums.ts";
import { decimalText } from "#language/numbers.ts";
import { formatDay } from "#language/dates.ts";
import { readDay } from "#language/calendar.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { uiWords } from "./words.ts";

type FieldProps = {
  readonly label: string;
  readonly description?: ReactNode;
  /** Adds "(optional)" to the label: fields are needed unless they say otherwise. */
  readonly isOptional?: boolean;
  /** From the rules, shown below; what the field itself sees wrong comes before it. */
  readonly error?: string;
};

type SumFieldProps = FieldProps & {
  readonly currency: string;
  readonly value: bigint | undefined;
  /** Undefined while nothing, or nothing readable, stands in the field. */
  readonly onChange: (minor: bigint | undefined) => void;
};

/** A sum in one currency, read as the domain reads it: "20 300,50". Nothing is rounded or guessed; what is unclear is said. */
export function SumField({
  label,
  description,
  isOptional = false,
  error,
  currency,
  value,
  onChange,
}: SumFieldProps) {
  const words = useWords(uiWords);
  const { language } = useLanguage();
  const [text, setText] = useState(() =>
    value === undefined ? "" : decimalText(value, sumDecimals(currency), language),
  );
  const [isLeft, setLeft] = useState(false);
  const isUnread = text.trim() !== "" && readSum(text, currency) === undefined;
  return (
    <TextInput
      label={labelOf(label, isOptional, words.optional)}
      description={description}
      required={!isOptional}
      withAsterisk={false}
      inputMode="decimal"
      autoComplete="off"
      className="sum-field"
      value={text}
      rightSection={<span className="field-unit">{currencySign(currency)}</span>}
      rightSectionWidth={52}
      error={isLeft && isUnread ? words.sumUnread : error}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(readSum(event.currentTarget.value, currency));
      }}
      onBlur={() => {
        setLeft(true);
        const minor = readSum(text, currency);
        if (minor !== undefined) setText(decimalText(minor, sumDecimals(currency), language));
      }}
    />
  );
}

/** In English "1,250.00" is what our own tables show, so it is read back; elsewhere a comma is the decimal mark. */
function readSum(text: string, currency: string): bigint | undefined {
  const plain = /^\d{1,3}(?:,\d{3})+\.\d+$/u.test(text.trim()) ? text.replaceAll(",", "") : text;
  const minor = parseAmount(plain, currency);
  return minor === undefined || minor === 0n ? undefined : minor;
}

type DayFieldProps = FieldProps & {
  /** "2025-03-09", or "" for none. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly min?: string;
  readonly max?: string;
};

/**
 * A day. The browser's own field: it is reachable by keyboard and by thumb in every language. It shows the day as the browser is
 * used to, so that 03/02 may be February or March; the day in words beside it leaves no doubt.
 */
export function DayField({
  label,
  description,
  isOptional = false,
  error,
  value,
  onChange,
  min,
  max,
}: DayFieldProps) {
  const words = useWords(uiWords);
  const { language } = useLanguage();
  const said = readDay(value) === undefined ? undefined : formatDay(value, language);
  const isOutside =
    readDay(value) !== undefined &&
    ((min !== undefined && value < min) || (max !== undefined && value > max));
  return (
    <div className="day-field">
      <TextInput
        type="date"
        label={labelOf(label, isOptional, words.optional)}
        description={description}
        required={!isOptional}
        withAsterisk={false}
        value={value}
        min={min}
        max={max}
        error={isOutside ? words.dayOutside : error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {said !== undefined && <p className="day-said">{said}</p>}
    </div>
  );
}

type CurrencyFieldProps = FieldProps & {
  readonly value: string;
  readonly onChange: (currency: string) => void;
  /** Shown first; more can be typed. */
  readonly common?: readonly string[];
};

/** A currency: the usual ones from a list, any other by its three letters. */
export function CurrencyField({
  label,
  description,
  isOptional = false,
  error,
  value,
  onChange,
  common = ["KZT", "USD", "EUR", "RUB", "KGS"],
}: CurrencyFieldProps) {
  const words = useWords(uiWords);
  const id = useId();
  const [isOther, setOther] = useState(value !== "" && !common.includes(value));
  const isWrong = isOther && value !== "" && !/^[A-Z]{3}$/u.test(value);
  return (
    <div className="currency-field">
      <NativeSelect
        label={labelOf(label, isOptional, words.optional)}
        description={description}
        error={isOther ? undefined : error}
        value={isOther ? "other" : value}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          setOther(chosen === "other");
          onChange(chosen === "other" ? "" : chosen);
        }}
        data={[
          ...common.map((code) => ({ value: code, label: `${code} ${signBeside(code)}`.trim() })),
          { value: "other", label: words.otherCurrency },
        ]}
      />
      {isOther && (
        <TextInput
          id={id}
          label={words.currencyCode}
          value={value}
          maxLength={3}
          autoComplete="off"
          error={isWrong ? words.currencyUnread : error}
          onChange={(event) => onChange(event.currentTarget.value.toUpperCase())}
        />
      )}
    </div>
  );
}

const signBeside = (code: string): string => (currencySign(code) === code ? "" : currencySign(code));

const labelOf = (label: string, isOptional: boolean, optional: string): string =>
  isOptional ? `${label} (${optional})` : label;
