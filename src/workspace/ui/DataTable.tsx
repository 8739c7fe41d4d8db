import { useMediaQuery } from "@mantine/hooks";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useLocation } from "wouter";
import { usePreferences } from "#workspace/shell/preferences.tsx";
import { useWords } from "#workspace/shell/language.tsx";
import { Icon } from "./icons.tsx";
import { CardList } from "./CardList.tsx";
import { TableTools, type TableExport } from "./TableTools.tsx";
import { uiWords } from "./words.ts";

export type Column<Row> = {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Comparison for sorting upwards; absent: the column does not sort. Texts: `compareTexts(language)`. */
  readonly sort?: (a: Row, b: Row) => number;
  readonly isNumeric?: boolean;
  /** CSS width, such as "9rem"; columns without one share what is left. */
  readonly width?: string;
  /** Not shown until chosen in the menu of columns. */
  readonly isExtra?: boolean;
  /** On a phone, each row is a card: its head, what stands at the right of the head, a line below (usual), or nothing. */
  readonly card?: "head" | "side" | "line" | "none";
};

type Sort = { readonly column: string; readonly isDescending: boolean };

export type DataTableProps<Row> = {
  /** What the table holds, for screen readers: "Appeals". */
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  /** Where a row leads: Enter, click, and a link in the first column. */
  readonly href?: (row: Row) => string;
  /** Instead of `href`: what opening a row does. */
  readonly onOpen?: (row: Row) => void;
  readonly sort?: Sort;
  /** Shown instead of an empty table: an `EmptyState`. */
  readonly empty?: ReactNode;
  /** Filters, at the left above the table. */
  readonly tools?: ReactNode;
  /** Menu "Download": the shown rows in the shown order, made by the caller. */
  readonly exports?: readonly TableExport<Row>[];
  /** Sums below the columns, by column id. */
  readonly totals?: Readonly<Record<string, ReactNode>>;
};

/** From here on only the rows near the window are in the page. */
const virtualFrom = 80;

/**
 * Rows of anything: light or dense, sorted by a click on a heading, walked with the arrow keys, cards on a phone. Holds a
 * hundred thousand rows, since only those in sight exist.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, columns, empty, tools, exports } = props;
  const [sort, setSort] = useState(props.sort);
  const [shown, setShown] = useState<ReadonlySet<string>>(
    () => new Set(columns.filter(({ isExtra }) => isExtra !== true).map(({ id }) => id)),
  );
  const isPhone = useMediaQuery("(max-width: 44em)", false, { getInitialValueInEffect: false }) ?? false;
  const sorted = useMemo(() => sortedRows(rows, columns, sort), [rows, columns, sort]);
  const visible = columns.filter(({ id }) => shown.has(id));
  if (rows.length === 0 && empty !== undefined)
    return (
      <>
        {tools !== undefined && <div className="table-tools">{tools}</div>}
        {empty}
      </>
    );
  return (
    <div className="data-table">
      <TableTools
        tools={tools}
        columns={columns}
        shown={shown}
        onShown={setShown}
        isPhone={isPhone}
        exports={exports ?? []}
        rows={sorted}
        sort={sort}
        onSort={setSort}
      />
      {isPhone ? (
        <CardList {...props} rows={sorted} columns={visible} />
      ) : (
        <Grid {...props} rows={sorted} columns={visible} sorting={sort} onSort={setSort} />
      )}
    </div>
  );
}

function sortedRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | undefined,
): readonly Row[] {
  const compare = columns.find(({ id }) => id === sort?.column)?.sort;
  if (compare === undefined) return rows;
  const upwards = rows.toSorted(compare);
  return sort?.isDescending === true ? upwards.reverse() : upwards;
}

type GridProps<Row> = DataTableProps<Row> & {
  readonly sorting: Sort | undefined;
  readonly onSort: (sort: Sort) => void;
};

function Grid<Row>(props: GridProps<Row>) {
  const { caption, rows, columns, rowKey, href, onOpen, sorting, onSort, totals } = props;
  const words = useWords(uiWords);
  const [, navigate] = useLocation();
  const { density } = usePreferences();
  const id = useId();
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    setTop(body.current === null ? 0 : body.current.getBoundingClientRect().top + window.scrollY);
  }, [rows.length]);
  const height = density === "dense" ? 33 : 45;
  const isVirtual = rows.length > virtualFrom;
  const virtual = useWindowVirtualizer({
    count: isVirtual ? rows.length : 0,
    estimateSize: () => height,
    overscan: 16,
    scrollMargin: top,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
  });
  const items = virtual.getVirtualItems();
  const from = isVirtual ? (items[0]?.index ?? 0) : 0;
  const to = isVirtual ? (items.at(-1)?.index ?? -1) + 1 : rows.length;
  // What lies above and below the window, as measured: rows of two lines are higher than others.
  const above = isVirtual ? (items[0]?.start ?? top) - top : 0;
  const below = isVirtual ? virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top) : 0;
  const isOpening = href !== undefined || onOpen !== undefined;

  const open = (row: Row) => {
    if (href !== undefined) navigate(href(row));
    else onOpen?.(row);
  };
  const focusRow = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    if (isVirtual) virtual.scrollToIndex(next, { align: "auto" });
    // After the row came into the page.
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus({ preventScroll: isVirtual }),
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    if (!(event.target instanceof HTMLTableRowElement) || event.altKey || event.ctrlKey || event.metaKey)
      return;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      j: active + 1,
      ArrowUp: active - 1,
      k: active - 1,
      PageDown: active + 12,
      PageUp: active - 12,
      Home: 0,
      End: rows.length - 1,
    };
    const step = steps[event.key];
    const row = rows[active];
    if (step !== undefined) focusRow(step);
    else if (event.key === "Enter" && row !== undefined && isOpening) open(row);
    else return;
    event.preventDefault();
  };

  return (
    <table className="grid" aria-rowcount={rows.length + 1} aria-describedby={isOpening ? id : undefined}>
      <caption>{caption}</caption>
      <colgroup>
        {columns.map(({ id, width }) => (
          <col key={id} style={width === undefined ? undefined : { width }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sorting={sorting} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {from > 0 && (
          <tr className="grid-space" aria-hidden="true" style={{ height: above }}>
            <td colSpan={columns.length} />
          </tr>
        )}
        {rows.slice(from, to).map((row, i) => {
          const index = from + i;
          return (
            <tr
              key={rowKey(row)}
              ref={isVirtual ? virtual.measureElement : undefined}
              data-index={index}
              aria-rowindex={index + 2}
              tabIndex={
                index === Math.min(active, rows.length - 1) ||
                (isVirtual && i === 0 && (active < from || active >= to))
                  ? 0
                  : -1
              }
              className={isOpening ? "grid-row grid-row-opens" : "grid-row"}
              onFocus={() => setActive(index)}
              onClick={(event) => {
                // A link, a button or a selected text inside the row is not a click on the row.
                const inside = (event.target as Element).closest("a, button, input, label");
                if (isOpening && inside === null && window.getSelection()?.isCollapsed !== false) open(row);
              }}
            >
              {columns.map(({ id, cell, isNumeric }, column) => (
                <td key={id} className={isNumeric === true ? "grid-number" : undefined}>
                  {column === 0 && href !== undefined ? (
                    <a
                      href={`/app${href(row)}`}
                      tabIndex={-1}
                      className="grid-link"
                      onClick={(event) => {
                        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                        event.preventDefault();
                        open(row);
                      }}
                    >
                      {cell(row)}
                    </a>
                  ) : (
                    cell(row)
                  )}
                </td>
              ))}
            </tr>
          );
        })}
        {to < rows.length && (
          <tr className="grid-space" aria-hidden="true" style={{ height: below }}>
            <td colSpan={columns.length} />
          </tr>
        )}
      </tbody>
      {totals !== undefined && (
        <tfoot>
          <tr>
            {columns.map(({ id, isNumeric }) => (
              <td key={id} className={isNumeric === true ? "grid-number" : undefined}>
                {totals[id]}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
      {isOpening && (
        <caption id={id} hidden>
          {words.rowKeys}
        </caption>
      )}
    </table>
  );
}

type HeadCellProps<Row> = {
  readonly column: Column<Row>;
  readonly sorting: Sort | undefined;
  readonly onSort: (sort: Sort) => void;
};

function HeadCell<Row>({ column: { id, title, sort, isNumeric }, sorting, onSort }: HeadCellProps<Row>) {
  const isSorted = sorting?.column === id;
  const direction = isSorted ? (sorting.isDescending ? "descending" : "ascending") : undefined;
  return (
    <th scope="col" aria-sort={direction} className={isNumeric === true ? "grid-number" : undefined}>
      {sort === undefined ? (
        title
      ) : (
        <button
          type="button"
          className="grid-sort"
          onClick={() =>
            onSort({ column: id, isDescending: isSorted ? !sorting.isDescending : isNumeric === true })
          }
        >
          {title}
          <span className={isSorted ? "grid-arrow" : "grid-arrow grid-arrow-idle"}>
            <Icon
              name={direction === "ascending" ? "up" : direction === "descending" ? "down" : "sort"}
              size={14}
            />
          </span>
        </button>
      )}
    </th>
  );
}
