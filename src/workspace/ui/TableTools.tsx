import { ActionIcon, Menu, NativeSelect, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "#workspace/shell/language.tsx";
import type { Column } from "./DataTable.tsx";
import { Icon } from "./icons.tsx";
import { uiWords } from "./words.ts";

/** One entry of the menu "Download", such as `{ label: "CSV", download: (rows) => … }`. */
export type TableExport<Row> = {
  readonly label: string;
  readonly download: (rows: readonly Row[], columns: readonly Column<Row>[]) => void;
};

type Sort = { readonly column: string; readonly isDescending: boolean };

type TableToolsProps<Row> = {
  readonly tools: ReactNode;
  readonly columns: readonly Column<Row>[];
  readonly shown: ReadonlySet<string>;
  readonly onShown: (shown: ReadonlySet<string>) => void;
  readonly isPhone: boolean;
  readonly exports: readonly TableExport<Row>[];
  readonly rows: readonly Row[];
  readonly sort: Sort | undefined;
  readonly onSort: (sort: Sort) => void;
};

/** The line above a table: filters at the left; columns, order on a phone, and download at the right. */
export function TableTools<Row>(props: TableToolsProps<Row>) {
  const { tools, columns, shown, onShown, isPhone, exports, rows, sort, onSort } = props;
  const words = useWords(uiWords);
  const sortable = columns.filter((column) => column.sort !== undefined);
  const hasOrder = isPhone && sortable.length > 0;
  const hasColumns = !isPhone && columns.some(({ isExtra }) => isExtra);
  if (tools === undefined && !hasOrder && !hasColumns && exports.length === 0) return null;
  const visible = columns.filter(({ id }) => shown.has(id));
  return (
    <div className="table-tools">
      <div className="table-filters">{tools}</div>
      {hasOrder && (
        <NativeSelect
          aria-label={words.sortBy}
          size="xs"
          value={sort === undefined ? "" : `${sort.column}${sort.isDescending ? "-" : "+"}`}
          onChange={(event) => {
            const value = event.currentTarget.value;
            if (value !== "") onSort({ column: value.slice(0, -1), isDescending: value.endsWith("-") });
          }}
          data={[
            { value: "", label: words.sortBy },
            ...sortable.flatMap(({ id, title }) => [
              { value: `${id}+`, label: `${title} ↑` },
              { value: `${id}-`, label: `${title} ↓` },
            ]),
          ]}
        />
      )}
      {hasColumns && (
        <Menu closeOnItemClick={false}>
          <Menu.Target>
            <Tooltip label={words.columns}>
              <ActionIcon variant="default" size="lg" aria-label={words.columns}>
                <Icon name="columns" size={18} />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            {columns.map(({ id, title }, i) => (
              <Menu.Item
                key={id}
                role="menuitemcheckbox"
                aria-checked={shown.has(id)}
                disabled={i === 0}
                leftSection={
                  <span className="menu-check">{shown.has(id) && <Icon name="check" size={16} />}</span>
                }
                onClick={() => onShown(toggled(shown, id))}
              >
                {title}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {exports.length > 0 && (
        <Menu>
          <Menu.Target>
            <Tooltip label={words.download}>
              <ActionIcon variant="default" size="lg" aria-label={words.download}>
                <Icon name="download" size={18} />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            {exports.map(({ label, download }) => (
              <Menu.Item key={label} onClick={() => download(rows, visible)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

function toggled(shown: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(shown);
  if (!next.delete(id)) next.add(id);
  return next;
}
