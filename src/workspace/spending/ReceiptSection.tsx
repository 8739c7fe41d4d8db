import { Button } from "@mantine/core";
import { useState } from "react";
import { useWords } from "#workspace/shell/language.tsx";
import { useCommand } from "#workspace/ui/command.tsx";
import { HeldText, useHeld } from "#workspace/ui/held.tsx";
import { Section } from "#workspace/ui/Section.tsx";
import type { PaymentPage } from "./calls.ts";
import type { ReadReceipt } from "./read-receipt.ts";
import { ReceiptField } from "./ReceiptField.tsx";
import { SealedFile, type SealedFileAddress } from "./SealedFile.tsx";
import { spendingWords } from "./words.ts";

/** The receipt: opened on this device, or added when it came later. */
export function ReceiptSection({ page }: { readonly page: PaymentPage }) {
  const words = useWords(spendingWords);
  const [shown, setShown] = useState<SealedFileAddress>();
  const [isAdding, setAdding] = useState(false);
  const { id, receipt, hasFile, hasOriginal, events } = page;
  const held = useHeld("spending.add-receipt", id);
  const added = events.filter(({ hasReceipt }) => hasReceipt);
  return (
    <Section title={words.receiptTitle} isCard>
      {receipt === undefined && added.length === 0 && <p className="none-here">{words.noReceipt}</p>}
      {receipt !== undefined && !hasFile && added.length === 0 && (
        <p className="none-here">{words.noFile(receipt)}</p>
      )}
      <div className="buttons">
        {hasFile && (
          <Button variant="default" onClick={() => setShown({ id, which: "receipt" })}>
            {words.openReceipt}
          </Button>
        )}
        {hasOriginal && (
          <Button variant="subtle" onClick={() => setShown({ id, which: "original" })}>
            {words.openOriginal}
          </Button>
        )}
        {added.map(({ index }) => (
          <Button key={index} variant="default" onClick={() => setShown({ id, which: "receipt", index })}>
            {words.openReceipt} ({words.entry(index)})
          </Button>
        ))}
        {!hasFile && added.length === 0 && !isAdding && held === undefined && page.state !== "voided" && (
          <Button variant="default" onClick={() => setAdding(true)}>
            {words.addReceipt}
          </Button>
        )}
        {held !== undefined && <HeldText item={held} />}
      </div>
      {isAdding && <AddReceipt id={id} onEnd={() => setAdding(false)} />}
      {shown !== undefined && <SealedFile address={shown} onClose={() => setShown(undefined)} />}
    </Section>
  );
}

function AddReceipt({ id, onEnd }: { readonly id: string; readonly onEnd: () => void }) {
  const words = useWords(spendingWords);
  const add = useCommand("spending.add-receipt");
  const [read, setRead] = useState<ReadReceipt>();
  // A large file takes seconds to be read and sealed.
  const [isBusy, setBusy] = useState(false);
  const record = async () => {
    if (read === undefined || read.kind === "refused") return;
    setBusy(true);
    const end = await add(
      { id, reason: words.addReceiptReason, receipt: read.receipt },
      { title: words.addReceiptTitle(id), about: id },
    );
    setBusy(false);
    if (end.kind === "confirmed") onEnd();
  };
  return (
    <>
      <ReceiptField value={read} onChange={setRead} />
      <div className="buttons">
        <Button
          loading={isBusy}
          disabled={read === undefined || read.kind === "refused"}
          onClick={() => void record()}
        >
          {words.preview}
        </Button>
        <Button variant="default" onClick={onEnd}>
          {words.cancel}
        </Button>
      </div>
    </>
  );
}
