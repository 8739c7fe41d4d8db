import { Button } from "@mantine/core";
import { useState } from "react";
import { ask } from "#workspace/desk/client.ts";
import { handOver } from "#workspace/dossiers/handed-over.ts";
import { saveFile } from "#workspace/dossiers/save-file.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { toast } from "#workspace/ui/toasts.tsx";
import { tourWords } from "./words.ts";

type Copy = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** Makes a true dossier, changes one digit in it, and lets it be checked on this screen or taken along. */
export function AlteredCopy() {
  const words = useWords(tourWords);
  const { language } = useLanguage();
  const [kept, setKept] = useState<Copy>();
  const [busy, setBusy] = useState<"check" | "save">();
  const withCopy = async (what: "check" | "save", use: (copy: Copy) => void) => {
    setBusy(what);
    try {
      const copy = kept ?? (await ask("tour.altered-dossier", { language }));
      setKept(copy);
      use(copy);
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error), "bad");
    } finally {
      setBusy(undefined);
    }
  };
  const check = ({ name, bytes }: Copy) => handOver(new File([bytes], name, { type: "application/zip" }));
  return (
    <div className="tour-deeds">
      <Button
        size="xs"
        variant="default"
        loading={busy === "check"}
        disabled={busy === "save"}
        onClick={() => void withCopy("check", check)}
      >
        {busy === "check" ? words.making : words.checkAltered}
      </Button>
      <Button
        size="xs"
        variant="default"
        loading={busy === "save"}
        disabled={busy === "check"}
        onClick={() => void withCopy("save", ({ name, bytes }) => saveFile(name, bytes, "application/zip"))}
      >
        {words.saveAltered}
      </Button>
    </div>
  );
}
