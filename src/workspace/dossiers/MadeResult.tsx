import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { DossierReport } from "#dossier/check.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import type { MadeDossier } from "./calls.ts";
import { CheckReport } from "./CheckReport.tsx";
import { bytesText } from "./question.ts";
import { saveFile } from "./save-file.ts";
import { dossierWords } from "./words.ts";

type MadeResultProps = {
  readonly made: MadeDossier;
  readonly report: DossierReport;
  readonly onAgain: () => void;
};

/** The file, beside what a stranger's check of it says. */
export function MadeResult({ made, report, onAgain }: MadeResultProps) {
  const words = useWords(dossierWords);
  const { language } = useLanguage();
  const [isSaved, setSaved] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // The form that was here was longer: without this one would stand below the answer.
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  const titles = { held: words.readyTitle, broken: words.notReadyTitle, "could-not-check": words.openTitle };
  return (
    <>
      <section className="made card">
        <Icon name="dossiers" size={32} />
        <div className="made-text">
          <h2 ref={heading} tabIndex={-1}>
            {titles[report.verdict]}
          </h2>
          <p className="made-name">
            {made.name} · {bytesText(made.bytes.length, language)}
          </p>
          {report.verdict === "broken" && <p>{words.brokenText}</p>}
          {report.verdict === "could-not-check" && <p>{words.openText}</p>}
        </div>
        <div className="buttons">
          {report.verdict !== "broken" && (
            <Button
              leftSection={<Icon name={isSaved ? "check" : "download"} size={18} />}
              onClick={() => {
                saveFile(made.name, made.bytes, "application/zip");
                setSaved(true);
              }}
            >
              {isSaved ? words.saved : words.save}
            </Button>
          )}
          <Button variant="default" onClick={onAgain}>
            {words.again}
          </Button>
        </div>
        {report.verdict !== "broken" && (
          <ul className="made-tell">
            <li>{words.tellWhole}</li>
            <li>{words.tellGenesis}</li>
          </ul>
        )}
      </section>
      <CheckReport report={report} />
    </>
  );
}
