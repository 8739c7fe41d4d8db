import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { formatCount } from "#language/numbers.ts";
import { ask, useAsk } from "#workspace/desk/client.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { AddLink } from "#workspace/ui/AddLink.tsx";
import { ConfirmButton } from "#workspace/ui/ConfirmButton.tsx";
import { DataTable, type Column } from "#workspace/ui/DataTable.tsx";
import { Moment } from "#workspace/ui/Day.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { FactList } from "#workspace/ui/FactList.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { fieldLabels } from "#workspace/ui/preview-labels.ts";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { DossierNote } from "./calls.ts";
import { bytesText, questionText } from "./question.ts";
import { dossierWords } from "./words.ts";
import "./dossiers.css";

/** What was made on this device, and the two things one comes here for. */
export default function DossiersScreen() {
  const words = useWords(dossierWords);
  const { data: notes, error } = useAsk("dossiers.made", {});
  const [opened, setOpened] = useState<DossierNote>();
  const isEmpty = notes?.length === 0;
  return (
    <>
      <PageHeader
        title={words.title}
        lead={words.lead}
        actions={
          <>
            {!isEmpty && <AddLink href="/dossiers/new" label={words.make} />}
            <Button component={Link} href="/dossiers/check" variant="default">
              {words.check}
            </Button>
          </>
        }
      />
      {error !== null && <RefusalAlert refusal={error} />}
      {isEmpty && (
        <EmptyState
          icon="dossiers"
          title={words.emptyTitle}
          text={words.emptyText}
          action={{ label: words.make, href: "/dossiers/new" }}
        />
      )}
      {notes !== undefined && !isEmpty && (
        <Section title={words.history} lead={words.historyLead}>
          <NoteTable notes={notes} onOpen={setOpened} />
        </Section>
      )}
      {opened !== undefined && <NoteDialog note={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

type NoteTableProps = {
  readonly notes: readonly DossierNote[];
  readonly onOpen: (note: DossierNote) => void;
};

function NoteTable({ notes, onOpen }: NoteTableProps) {
  const words = useWords(dossierWords);
  const { language } = useLanguage();
  const columns: readonly Column<DossierNote>[] = [
    {
      id: "question",
      title: words.about,
      card: "head",
      cell: ({ question }) => questionText(question, language),
    },
    { id: "audience", title: words.audience, cell: ({ audience }) => words.audiences[audience] },
    {
      id: "made",
      title: words.made,
      width: "11rem",
      cell: ({ at }) => <Moment at={at} isRelative />,
      sort: (a, b) => a.at - b.at,
    },
    {
      id: "size",
      title: words.size,
      width: "7rem",
      isNumeric: true,
      card: "none",
      cell: ({ bytes }) => bytesText(bytes, language),
    },
  ];
  return (
    <DataTable
      caption={words.history}
      rows={notes}
      columns={columns}
      rowKey={({ sha256 }) => sha256}
      onOpen={onOpen}
      sort={{ column: "made", isDescending: true }}
    />
  );
}

function NoteDialog({ note, onClose }: { readonly note: DossierNote; readonly onClose: () => void }) {
  const words = useWords(dossierWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const disclosed = note.disclosed.map((field) => fieldLabels[field]?.[language] ?? field).join(", ");
  const facts = [
    { term: words.name, value: note.name },
    { term: words.audience, value: words.audiences[note.audience] },
    ...(note.claim === null ? [] : [{ term: words.claim, value: note.claim }]),
    { term: words.disclosed, value: disclosed === "" ? words.nothingMore : disclosed },
    { term: words.made, value: <Moment at={note.at} /> },
    { term: words.entriesThen, value: formatCount(note.size, language) },
    { term: words.fingerprint, value: <code>{note.sha256}</code> },
  ];
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={questionText(note.question, language)}
      closeButtonProps={{ "aria-label": words.close }}
    >
      <FactList facts={facts} />
      <div className="buttons buttons-end">
        <ConfirmButton
          question={words.historyLead}
          confirm={words.forget}
          onConfirm={() =>
            void ask("dossiers.forget", { sha256: note.sha256 }).then(() => {
              onClose();
              return queries.invalidateQueries({ queryKey: ["dossiers.made"] });
            })
          }
        >
          {words.forget}
        </ConfirmButton>
        <Button onClick={onClose}>{words.close}</Button>
      </div>
    </Modal>
  );
}
