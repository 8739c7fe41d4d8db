import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { DossierReport } from "#dossier/check.ts";
import type { Refused } from "#session/refusals/refusals.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { Dropzone } from "#workspace/ui/Dropzone.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { ProgressPanel } from "#workspace/ui/ProgressPanel.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { CheckReport } from "./CheckReport.tsx";
import { checkInWorker } from "./check-in-worker.ts";
import { onHandedOver } from "./handed-over.ts";
import { dossierWords } from "./words.ts";
import "./dossiers.css";

type Stand =
  | { readonly kind: "waiting" }
  | { readonly kind: "checking"; readonly name: string }
  | { readonly kind: "checked"; readonly name: string; readonly report: DossierReport }
  | { readonly kind: "failed"; readonly refusal: Refused };

/** Larger than any dossier of ours; a file beyond it is not read into memory. */
const bytesMax = 1_000_000_000;

/** Checks anyone's dossier, on this device. */
export default function CheckDossierScreen() {
  const words = useWords(dossierWords);
  const [stand, setStand] = useState<Stand>({ kind: "waiting" });
  const check = async (file: File) => {
    if (file.size > bytesMax) {
      setStand({ kind: "failed", refusal: { code: "dossier-unread", message: words.tooLarge } });
      return;
    }
    setStand({ kind: "checking", name: file.name });
    try {
      const report = await checkInWorker(new Uint8Array(await file.arrayBuffer()));
      setStand({ kind: "checked", name: file.name, report });
    } catch (error) {
      setStand({ kind: "failed", refusal: { code: "bug", message: String(error) } });
    }
  };
  const latest = useRef(check);
  useEffect(() => {
    latest.current = check;
  });
  useEffect(() => onHandedOver((file) => void latest.current(file)), []);
  return (
    <>
      <PageHeader
        title={words.checkTitle}
        lead={words.checkLead}
        back={{ href: "/dossiers", label: words.back }}
        actions={
          stand.kind === "checked" && (
            <Button variant="default" onClick={() => setStand({ kind: "waiting" })}>
              {words.checkAnother}
            </Button>
          )
        }
      />
      {stand.kind === "failed" && <RefusalAlert refusal={stand.refusal} />}
      {(stand.kind === "waiting" || stand.kind === "failed") && (
        <div data-tour="dossier-check">
          <Dropzone
            title={words.drop}
            hint={words.dropHint}
            accept=".zip,application/zip"
            isMultiple={false}
            onFiles={([file]) => {
              if (file !== undefined) void check(file);
            }}
          />
        </div>
      )}
      {stand.kind === "checking" && (
        <ProgressPanel title={stand.name} step={words.checking} done={0} total={0} />
      )}
      {stand.kind === "checked" && (
        <div data-tour="dossier-check">
          <p className="checked-name">{stand.name}</p>
          <CheckReport report={stand.report} />
        </div>
      )}
    </>
  );
}
