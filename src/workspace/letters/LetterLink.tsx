import { Button } from "@mantine/core";
import { useSignedIn } from "#workspace/shell/signed-in.ts";
import { QrCode } from "#workspace/ui/QrCode.tsx";
import { useWords } from "#workspace/shell/language.tsx";
import { CopyButton } from "#workspace/ui/CopyButton.tsx";
import { letterWords } from "./words.ts";

/** The link to send, as text and to be photographed from the screen. */
export function LetterLink({ link }: { readonly link: string }) {
  const words = useWords(letterWords);
  const { isSample } = useSignedIn();
  if (isSample)
    return (
      <div className="letter-link">
        <div>
          <p className="line-note">{words.sampleNote}</p>
          <div className="buttons">
            {/* Its own page of this program, but a stranger's view: nothing of this tab goes along. */}
            <Button component="a" href={link} target="_blank" rel="noopener">
              {words.openAsReader}
            </Button>
            <CopyButton text={link} label={words.copyLink} />
          </div>
        </div>
      </div>
    );
  return (
    <div className="letter-link">
      <QrCode text={link} label={words.qrLabel} />
      <div>
        <p className="letter-address">{link}</p>
        <CopyButton text={link} label={words.copyLink} />
        <p className="line-note">{words.linkNote}</p>
      </div>
    </div>
  );
}
