import { QrCode } from "#workspace/ui/QrCode.tsx";
import { useWords } from "#workspace/shell/language.tsx";
import { CopyButton } from "#workspace/ui/CopyButton.tsx";
import { letterWords } from "./words.ts";

/** The link to send, as text and to be photographed from the screen. */
export function LetterLink({ link }: { readonly link: string }) {
  const words = useWords(letterWords);
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
