import { Button } from "@mantine/core";
import { Link } from "wouter";
import { useAsk, useDeskProgress } from "#workspace/desk/client.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { useSignedIn } from "#workspace/shell/signed-in.ts";
import { RemainsList } from "#workspace/ui/held.tsx";
import { Dropzone } from "#workspace/ui/Dropzone.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { ProgressPanel } from "#workspace/ui/ProgressPanel.tsx";
import { FileCard } from "./FileCard.tsx";
import { ImportedFiles } from "./ImportedFiles.tsx";
import { addFiles, isReady, removeDone, useQueue, type QueuedFile } from "./import-queue.ts";
import { useRecordFiles } from "./record-files.ts";
import { importWords } from "./words.ts";
import "./imports.css";

/** Files in, each shown for what it is before it is recorded; below, what is on the record. */
export default function ImportScreen() {
  const words = useWords(importWords);
  const { member } = useSignedIn();
  const files = useQueue(member);
  const record = useRecordFiles();
  const ready = files.filter(isReady);
  const tables = ready.filter(({ reading }) => reading?.kind !== "statement").length;
  const isBusy = files.some(({ state }) => state.kind === "recording");
  const hasDone = files.some(({ state }) => state.kind === "imported" || state.kind === "recorded");
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <div className={files.length === 0 ? "" : "import-more"}>
        <Dropzone
          title={files.length === 0 ? words.drop : words.dropMore}
          hint={words.dropHint}
          onFiles={addFiles}
        />
      </div>
      {files.length > 0 && (
        <div className="import-files">
          {files.map((one) => (
            <FileCard key={one.key} queued={one} isBusy={isBusy} />
          ))}
        </div>
      )}
      <Progress files={files} />
      {hasDone && !isBusy && (
        <p className="import-next import-progress">
          <span>{words.whatNext}</span>
          <Link href="/matching">{words.nextMatching}</Link>
          <Link href="/appeals">{words.nextAppeals}</Link>
          <Link href="/periods">{words.nextPeriods}</Link>
        </p>
      )}
      {(ready.length > 0 || hasDone) && (
        <div className="import-bar">
          <p>{words.tables(tables)}</p>
          {hasDone && !isBusy && (
            <Button variant="default" onClick={removeDone}>
              {words.clearDone}
            </Button>
          )}
          {ready.length > 0 && (
            <Button loading={isBusy} onClick={() => void record(ready.map(({ key }) => key))}>
              {words.recordAll(ready.length)}
            </Button>
          )}
        </div>
      )}
      <Unfinished />
      <div className="import-recorded">
        <ImportedFiles />
      </div>
    </>
  );
}

/** Only while a file of this screen is the cause: other work of the desk shows its progress elsewhere. */
function Progress({ files }: { readonly files: readonly QueuedFile[] }) {
  const words = useWords(importWords);
  const progress = useDeskProgress();
  const busy = files.find(({ state }) =>
    state.kind === "recording" ? state.id !== undefined : state.kind === "reading",
  );
  if (busy === undefined) return null;
  const step = busy.state.kind === "reading" ? words.reading : words.recording;
  return (
    <div className="import-progress">
      <ProgressPanel
        title={busy.file.name}
        step={progress?.what ?? step}
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
      />
    </div>
  );
}

function Unfinished() {
  const words = useWords(importWords);
  const { data } = useAsk("imports.files", {});
  if (data === undefined || data.unfinished.length === 0) return null;
  return (
    <div className="import-progress">
      <Note tone="warn">
        <p>{words.cutShort(data.unfinished.length)}</p>
        <RemainsList remains={data.unfinished} />
        <p>{words.runAgain}</p>
      </Note>
    </div>
  );
}
