/** An entry's fields as words: names from our table, sums joined with their currency, days and codes by language. */
import {
  approvalLabels,
  categoryLabels,
  confirmationLabels,
  coverGroundLabels,
  endReasonLabels,
  entryLabels,
  moveReasonLabels,
  relatedLabels,
  roleLabels,
} from "#domain/funds/labels.ts";
import { organisationLabels } from "#domain/organisation/labels.ts";
import { parseMinor } from "#domain/funds/money.ts";
import { formatDay, formatDayTime, formatWeek } from "#language/dates.ts";
import { languageNames, languages, type Language } from "#language/language.ts";
import { formatCount } from "#language/numbers.ts";
import { formatSum } from "#language/sums.ts";
import { fieldLabels, roomLabels } from "./preview-labels.ts";

type Field = { readonly name: string; readonly value: unknown };
type Line = { readonly name: string; readonly value: string };
type Label = { readonly kk: string; readonly ru: string; readonly en: string };

/** "Сбор" for `appeal`; the type itself for one that has no name yet. */
export function entryName(type: string, language: Language): string {
  return (entryLabels[type] ?? organisationLabels[type])?.[language] ?? type;
}

export function roomName(room: string, language: Language): string {
  return roomLabels[room]?.[language] ?? room;
}

/**
 * The fields of one part of an entry, in order; the currency goes to its sum. `beside`: the other part, for a sealed sum
 * whose currency is public.
 */
export function fieldLines(
  fields: readonly Field[],
  language: Language,
  beside: readonly Field[] = [],
): readonly Line[] {
  const currency = [...fields, ...beside].find(({ name }) => name === "currency")?.value;
  const hasSum = fields.some(({ name }) => name === "minor");
  return fields
    .filter(({ name, value }) => !(name === "currency" && hasSum) && value !== undefined && value !== null)
    .map(({ name, value }) => ({
      name: fieldLabels[name]?.[language] ?? name,
      value: valueText(name, value, typeof currency === "string" ? currency : undefined, language),
    }));
}

const general: Label = { kk: "жалпы қаражат", ru: "общие средства", en: "general funds" };

const codes: Readonly<Record<string, Readonly<Record<string, Label>>>> = {
  kind: {
    post: { kk: "жарияланым", ru: "публикация", en: "post" },
    repost: { kk: "репост", ru: "репост", en: "repost" },
  },
  unsigned: {
    general,
    unknown: { kk: "шешілгенше белгісіз", ru: "не известно, пока не решат", en: "not known until decided" },
  },
  shortfall: { general, none: { kk: "жабылмайды", ru: "не покрывается", en: "not covered" } },
  category: categoryLabels,
  approval: approvalLabels,
  related: relatedLabels,
  role: roleLabels,
  how: confirmationLabels,
  ground: coverGroundLabels,
  // Of the end of an appeal and of moved rows; other reasons are somebody's own words, and stay as they are.
  reason: { ...endReasonLabels, ...moveReasonLabels },
};

/** The entries whose reason is a code of ours; that of any other is somebody's own words, even where it is the same word. */
const codedReasons: Readonly<Record<string, Readonly<Record<string, Label>>>> = {
  "appeal.ended": endReasonLabels,
  "attribution.moved": moveReasonLabels,
  "cover.given": coverGroundLabels,
  "cover.repaid": coverGroundLabels,
};

/** Why an entry was recorded: the words for a code of ours, and what somebody wrote as it was written. */
export function reasonText(type: string, reason: string, language: Language): string {
  return codedReasons[type]?.[reason]?.[language] ?? reason;
}

/** Digests and keys are said by their beginning: nobody compares them here, and a line of them hides the rest. */
const digestLength = 16;

function valueText(name: string, value: unknown, currency: string | undefined, language: Language): string {
  if (typeof value === "boolean") return value ? yes[language] : no[language];
  if (typeof value === "number")
    return name === "at" || name === "published"
      ? formatDayTime(value, language, deviceZone(), "short")
      : formatCount(value, language);
  if (typeof value === "bigint") return formatCount(value, language);
  if (typeof value === "string") return stringText(name, value, currency, language);
  if (Array.isArray(value))
    return value.length === 0 ? "–" : value.map((one) => valueText(name, one, currency, language)).join(", ");
  if (typeof value === "object" && value !== null) return objectText(value, language);
  return "–";
}

function stringText(name: string, value: string, currency: string | undefined, language: Language): string {
  const code = codes[name]?.[value]?.[language];
  if (code !== undefined) return code;
  if (name === "minor" && currency !== undefined) {
    const minor = parseMinor(value);
    if (minor !== undefined) return formatSum(minor, currency, language);
  }
  if (/^\d{4}-W\d{2}$/u.test(value)) return formatWeek(value, language);
  if (/^[\w-]{43}$|^[0-9a-f]{64}$/u.test(value)) return `${value.slice(0, digestLength)}…`;
  // A moment with its zone, as its author wrote it: by the clock of that place.
  const moment = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/u.exec(value);
  if (moment !== null) return `${formatDay(moment[1] ?? "", language)}, ${moment[2]}`;
  return formatDay(value, language);
}

function objectText(value: object, language: Language): string {
  const members = new Map<string, unknown>(Object.entries(value));
  const minor = parseMinor(members.get("minor"));
  const currency = members.get("currency");
  if (minor !== undefined && typeof currency === "string" && members.size === 2)
    return formatSum(minor, currency, language);
  // A text in several languages: all of them are recorded, so all of them are shown.
  if ([...members.keys()].every((key) => languages.some((one) => one === key)))
    return [...members].map(([key, text]) => `${languageOf(key)}: ${String(text)}`).join("\n");
  return fieldLines(
    [...members].map(([name, one]) => ({ name, value: one })),
    language,
  )
    .map((line) => `${line.name}: ${line.value}`)
    .join("; ");
}

const languageOf = (key: string): string =>
  languageNames[languages.find((language) => language === key) ?? "en"];

const yes: Label = { kk: "иә", ru: "да", en: "yes" };
const no: Label = { kk: "жоқ", ru: "нет", en: "no" };
const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
