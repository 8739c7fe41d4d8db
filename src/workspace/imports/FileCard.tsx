import { ActionIcon, Tooltip } from "@mantine/core";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { formatCount } from "#language/numbers.ts";
import { Icon } from "#workspace/ui/icons.tsx";
import { RemainsList } from "#workspace/ui/held.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { State, type Tone } from "#workspace/ui/State.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { AccountForm } from "./AccountForm.tsx";
import { ColumnsForm } from "./ColumnsForm.tsx";
import { ImportResult } from "./ImportResult.tsx";
import { receiptNamed, removeFile, tableNaming, type QueuedFile } from "./import-queue.ts";
import type { FileReading } from "./reading.ts";
import { StatementFacts } from "./StatementFacts.tsx";
import { importWords } from "./words.ts";

type FileCardProps = { readonly queued: QueuedFile; readonly isBusy: boolean };

/** One file: what it is, what is wrong with it, and how it went. */
export function FileCard({ queued, isBusy }: FileCardProps) {
  const words = useWords(importWords);
  const { file, reading, state } = queued;
  const table = reading?.kind === "refused" ? tableNaming(file) : undefined;
  return (
    <article className="card import-file" aria-busy={state.kind === "reading"}>
      <header className="import-head">
        <div className="import-name">
          <h2>{file.name}</h2>
          <p>
            {reading === undefined
              ? words.reading
              : table === undefined
                ? kindText(reading, words)
                : `${words.receiptFor} ${table.file.name}`}
          </p>
        </div>
        <FileStateMark queued={queued} />
        {(!isBusy || state.kind === "read") && state.kind !== "recording" && (
          <Tooltip label={words.remove}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${words.remove}: ${file.name}`}
              onClick={() => removeFile(queued.key)}
            >
              <Icon name="close" size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </header>
      {state.kind === "refused" && <RefusalAlert refusal={state.refusal} />}
      {state.kind === "refused" && state.remains !== undefined && state.remains.length > 0 && (
        <Note tone="warn">
          <p>{words.cutShort(1)}</p>
          <RemainsList remains={state.remains} />
          <p>{words.runAgain}</p>
        </Note>
      )}
      {state.kind === "waiting" && <Note>{words.waitingOffline}</Note>}
      {state.kind === "imported" && <ImportResult result={state.result} />}
      {state.kind === "read" && table === undefined && <Body queued={queued} />}
    </article>
  );
}

function Body({ queued }: { readonly queued: QueuedFile }) {
  const words = useWords(importWords);
  const { reading } = queued;
  if (reading === undefined) return null;
  if (reading.kind === "refused") {
    const { refusal, columns } = reading;
    if (refusal.code === "account-missing" || refusal.code === "account-unknown")
      return <AccountForm queued={queued} />;
    if (refusal.code === "columns-unknown" && columns !== undefined)
      return <ColumnsForm queued={queued} columns={columns} refusal={refusal} />;
    // That it is no statement she knows; what it would be good for she may not.
    if (isPicture(queued.file)) return <Note tone="warn">{words.receiptUnused}</Note>;
    if (refusal.code === "not-a-statement")
      return (
        <RefusalAlert
          refusal={{ ...refusal, message: refusal.message.replace(/^line \d+: /u, ""), line: null }}
        >
          {words.notStatementDo}
        </RefusalAlert>
      );
    return (
      <RefusalAlert refusal={refusal}>
        {refusal.code === "empty-file" ? words.emptyDo : undefined}
      </RefusalAlert>
    );
  }
  if (reading.kind === "statement") {
    return (
      <>
        {reading.statements.map((one) => (
          <StatementFacts key={one.number} statement={one} queued={queued} />
        ))}
        {reading.columns !== undefined && <ColumnsForm queued={queued} columns={reading.columns} />}
      </>
    );
  }
  if (reading.kind === "table" && reading.needs.length > 0) return <Receipts needs={reading.needs} />;
  return null;
}

/** Which of the receipts that the rows name lie here too. */
function Receipts({ needs }: { readonly needs: readonly string[] }) {
  const words = useWords(importWords);
  const missing = needs.filter((name) => receiptNamed(name) === undefined);
  const shown = missing.slice(0, 5).join(", ") + (missing.length > 5 ? " …" : "");
  return (
    <div className="import-receipts">
      <p>{words.receiptsMatched(needs.length - missing.length, needs.length)}</p>
      {missing.length > 0 && <p className="import-soft">{words.receiptsMissing(shown)}</p>}
    </div>
  );
}

type Words = (typeof importWords)["en"];

function kindText(reading: FileReading, words: Words): string {
  if (reading.kind === "refused")
    return isStatementToComplete(reading.refusal.code) ? words.kinds.statement : words.unknownKind;
  if (reading.kind === "statement") return words.kinds.statement;
  const kind = words.kinds[reading.what];
  const count = reading.kind === "list" ? words.items(reading.count) : words.rowsRead(reading.rows.length);
  return `${kind}: ${count}`;
}

/** Read as far as it goes: only whose account it is is left to say. */
function isStatementToComplete(code: string): boolean {
  return code === "account-missing" || code === "account-unknown";
}

function FileStateMark({ queued }: { readonly queued: QueuedFile }) {
  const words = useWords(importWords);
  const { language } = useLanguage();
  const { state, reading } = queued;
  const mark = (tone: Tone, text: string) => <State tone={tone}>{text}</State>;
  switch (state.kind) {
    case "reading":
      return mark("info", words.reading);
    case "recording":
      return mark("info", state.id === undefined ? words.inTurn : words.recording);
    case "waiting":
      return mark("warn", words.inTurn);
    case "imported":
    case "recorded":
      return mark("good", words.recorded);
    case "refused":
      return null;
    case "read": {
      if (reading?.kind !== "statement") return null;
      const { statements } = reading;
      const count = statements.reduce(
        (sum, { problems, standing }) => sum + (standing === "new" ? problems.length : 0),
        0,
      );
      if (count > 0 && queued.accepted === undefined) return mark("bad", words.problems(count));
      const [first] = statements;
      if (first === undefined) return null;
      const standing = statements.every((one) => one.standing === first.standing) ? first.standing : "new";
      const tones = { new: "plain", done: "good", unfinished: "warn", blocked: "warn" } as const;
      return mark(
        tones[standing],
        statements.length > 1
          ? `${formatCount(statements.length, language)} · ${words.standing[standing]}`
          : words.standing[standing],
      );
    }
  }
}

function isPicture(file: File): boolean {
  return file.type.startsWith("image/") || file.type === "application/pdf";
}
