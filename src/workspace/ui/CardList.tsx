import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { Link } from "wouter";
import type { Column, DataTableProps } from "./DataTable.tsx";
import { Icon } from "./icons.tsx";

/** The rows of a table on a phone: a card each, nothing to scroll sideways. */
export function CardList<Row>({ caption, rows, columns, rowKey, href, onOpen }: DataTableProps<Row>) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    setTop(list.current === null ? 0 : list.current.getBoundingClientRect().top + window.scrollY);
  }, [rows.length]);
  const lines = columns.filter(({ card = "line" }) => card === "line").length;
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => 58 + lines * 26,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
  });
  return (
    <ul ref={list} className="cards" aria-label={caption} style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, start, key }) => {
        const row = rows[index];
        if (row === undefined) return null;
        return (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start - top}px)` }}
          >
            <Card row={row} columns={columns} href={href?.(row)} onOpen={onOpen} />
          </li>
        );
      })}
    </ul>
  );
}

type CardProps<Row> = {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly href: string | undefined;
  readonly onOpen: ((row: Row) => void) | undefined;
};

function Card<Row>({ row, columns, href, onOpen }: CardProps<Row>) {
  const of = (place: Column<Row>["card"]) => columns.filter(({ card = "line" }) => card === place);
  const heads = of("head");
  const head = (heads.length > 0 ? heads : columns.slice(0, 1)).map(({ id, cell }) => (
    <span key={id}>{cell(row)}</span>
  ));
  const isOpening = href !== undefined || onOpen !== undefined;
  return (
    <article className="row-card">
      <div className="row-card-top">
        {href !== undefined && (
          <Link href={href} className="row-card-head">
            {head}
          </Link>
        )}
        {href === undefined && onOpen !== undefined && (
          <button type="button" className="row-card-head" onClick={() => onOpen(row)}>
            {head}
          </button>
        )}
        {!isOpening && <div className="row-card-head">{head}</div>}
        <div className="row-card-side">
          {of("side").map(({ id, cell }) => (
            <span key={id}>{cell(row)}</span>
          ))}
          {isOpening && <Icon name="next" size={16} />}
        </div>
      </div>
      {of("line").length > 0 && (
        <dl>
          {of("line")
            .filter((column) => heads.length > 0 || column !== columns[0])
            .map(({ id, title, cell }) => (
              <div key={id}>
                <dt>{title}</dt>
                <dd>{cell(row)}</dd>
              </div>
            ))}
        </dl>
      )}
    </article>
  );
}
