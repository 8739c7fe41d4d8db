/**
 * The values of a state as JSON. JSON lacks three kinds: bigint `{"$n"}`, Map `{"$m"}` and the many cells
 * `{"$c": [minor, count]}`. A Map of many objects is a table, `{"$t"}`: its member names once and its values by column,
 * since a hundred thousand payments written one by one take seconds to read and mostly repeat each other.
 */
export function encode(value: unknown): unknown {
  if (typeof value === "bigint") return { $n: value.toString() };
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof Map) return encodeMap(value);
  if (typeof value !== "object" || value === null) return value;
  if (isCell(value)) return { $c: [value.minor.toString(), value.count] };
  const members: Members = {};
  for (const [member, inner] of Object.entries(value))
    if (inner !== undefined) members[member] = encode(inner);
  return members;
}

/** In place: nearly every value is one that JSON has, and a copy would cost more than parsing. */
export function decode(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (const [i, inner] of value.entries()) if (typeof inner === "object") value[i] = decode(inner);
    return value;
  }
  if ("$n" in value) return BigInt(String(value.$n));
  if ("$c" in value && Array.isArray(value.$c))
    return { minor: BigInt(String(value.$c[0])), count: Number(value.$c[1]) };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own text: encodeMap wrote it
  if ("$t" in value) return decodeTable(value.$t as Table);
  if ("$m" in value && Array.isArray(value.$m)) {
    const map = new Map<unknown, unknown>();
    for (const pair of value.$m) map.set(pair[0], decode(pair[1]));
    return map;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON.parse made it: every object is a record
  const members = value as Members;
  for (const member of Object.keys(members)) {
    const inner = members[member];
    if (typeof inner === "object") members[member] = decode(inner);
  }
  return members;
}

type Members = { [member: string]: unknown };

/** The values of one member: as JSON has them, as whole numbers that stand for bigints, by number in `of`, or encoded. */
type Column =
  | readonly ["json", readonly unknown[]]
  | readonly ["bigint", readonly (number | string)[]]
  | readonly ["of", readonly string[], readonly number[]]
  | readonly ["encoded", unknown[]];

/** Objects with the same members in the same order. */
type Kind = {
  readonly count: number;
  readonly names: readonly string[];
  readonly columns: readonly Column[];
};

/** `kindOf`: of each key the number of its kind; left out where there is one. */
type Table = {
  readonly keys: readonly unknown[];
  readonly kinds: readonly Kind[];
  readonly kindOf?: readonly number[];
};

/** Fewer are as quick to read one by one. */
const rowsOfTable = 8;

function encodeMap(map: ReadonlyMap<unknown, unknown>): unknown {
  const values = [...map.values()];
  const isTable = values.length >= rowsOfTable && values.every(isPlainObject);
  if (!isTable) return { $m: [...map].map(([key, inner]) => [key, encode(inner)]) };
  const kinds = new Map<string, { names: string[]; rows: Members[]; number: number }>();
  const kindOf = values.map((row) => {
    const names = Object.keys(row).filter((name) => row[name] !== undefined);
    const label = JSON.stringify(names);
    const kind = kinds.get(label) ?? { names, rows: [], number: kinds.size };
    kinds.set(label, kind);
    kind.rows.push(row);
    return kind.number;
  });
  const table: Table = {
    keys: [...map.keys()],
    kinds: [...kinds.values()].map(({ names, rows }) => ({
      count: rows.length,
      names,
      columns: names.map((name) => encodeColumn(rows.map((row) => row[name]))),
    })),
    ...(kinds.size > 1 && { kindOf }),
  };
  return { $t: table };
}

function encodeColumn(values: readonly unknown[]): Column {
  if (values.every((value) => typeof value === "bigint")) return ["bigint", values.map(bigintAsJson)];
  if (values.every((value) => typeof value === "string")) {
    const of = [...new Set(values)];
    if (of.length * 2 > values.length) return ["json", values];
    const numbers = new Map(of.map((value, i) => [value, i]));
    return ["of", of, values.map((value) => numbers.get(value) ?? 0)];
  }
  return values.some((value) => typeof value === "bigint" || (typeof value === "object" && value !== null))
    ? ["encoded", values.map(encode)]
    : ["json", values];
}

const bigintAsJson = (value: bigint): number | string => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
};

function decodeTable({ keys, kinds, kindOf }: Table): Map<unknown, unknown> {
  const rows = kinds.map(decodeKind);
  const map = new Map<unknown, unknown>();
  const next = kinds.map(() => 0);
  for (const [i, key] of keys.entries()) {
    const kind = kindOf?.[i] ?? 0;
    const row = next[kind] ?? 0;
    map.set(key, rows[kind]?.[row]);
    next[kind] = row + 1;
  }
  return map;
}

/** Column by column, so that all its objects grow alike and share their shape. */
function decodeKind({ count, names, columns }: Kind): Members[] {
  const rows = Array.from({ length: count }, (): Members => ({}));
  for (const [c, name] of names.entries()) {
    const column = columns[c];
    if (column === undefined) continue;
    switch (column[0]) {
      case "json":
        for (const [i, value] of column[1].entries()) (rows[i] as Members)[name] = value;
        break;
      case "bigint":
        for (const [i, value] of column[1].entries()) (rows[i] as Members)[name] = BigInt(value);
        break;
      case "of":
        for (const [i, number] of column[2].entries()) (rows[i] as Members)[name] = column[1][number];
        break;
      case "encoded":
        for (const [i, value] of column[1].entries()) (rows[i] as Members)[name] = decode(value);
        break;
    }
  }
  return rows;
}

function isPlainObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map);
}

/** Both by kind: an object that only shares the names is written as any other, and keeps what it holds. */
function isCell(value: object): value is { readonly minor: bigint; readonly count: number } {
  if (Object.keys(value).length !== 2 || !("minor" in value) || !("count" in value)) return false;
  return typeof value.minor === "bigint" && typeof value.count === "number";
}
