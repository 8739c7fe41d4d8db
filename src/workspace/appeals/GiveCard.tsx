import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { CopyButton } from "#workspace/ui/CopyButton.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import type { AppealPage } from "./calls.ts";
import { QrCode } from "#workspace/ui/QrCode.tsx";
import { publicPageOf } from "./public-page.ts";
import { appealWords } from "./words.ts";

/** The code for the payment's purpose and the address of the public page, to be copied or photographed. */
export function GiveCard({ page }: { readonly page: AppealPage }) {
  const words = useWords(appealWords);
  const { language } = useLanguage();
  const { id } = page;
  const address = publicPageOf(page, language);
  return (
    <div className="give">
      <QrCode text={address} label={words.qrLabel(id)} />
      <div>
        <p className="give-title">{words.giveTitle}</p>
        <p className="give-lead">{words.giveLead}</p>
        <p className="give-code">
          {id} <CopyButton text={id} label={words.copyCode} isSmall />
        </p>
        <p className="give-address">
          <a href={address} target="_blank" rel="noreferrer">
            {words.publicPage} <Icon name="external" size={14} />
          </a>
          <CopyButton text={address} label={words.copyLink} isSmall />
        </p>
      </div>
    </div>
  );
}
