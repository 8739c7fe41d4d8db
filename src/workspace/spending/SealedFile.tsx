import { Button, Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import { AskError } from "#workspace/appeals/AskError.tsx";
import { ask, DeskFailure } from "#workspace/desk/client.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { Note } from "#workspace/ui/Note.tsx";
import type { OpenedReceipt } from "./calls.ts";
import { spendingWords } from "./words.ts";

export type SealedFileAddress = {
  readonly id: string;
  readonly which: "receipt" | "original" | "attached";
  readonly index?: number;
};

type SealedFileProps = { readonly address: SealedFileAddress; readonly onClose: () => void };

/** A sealed file, opened on this device: pictures are shown, everything else is saved. Forgotten when it is closed. */
export function SealedFile({ address, onClose }: SealedFileProps) {
  const words = useWords(spendingWords);
  const [opened, setOpened] = useState<OpenedReceipt>();
  const [failure, setFailure] = useState<DeskFailure>();
  useEffect(() => {
    let isWanted = true;
    ask("spending.file", address).then(
      (file) => isWanted && setOpened(file),
      (error: unknown) => isWanted && error instanceof DeskFailure && setFailure(error),
    );
    return () => {
      isWanted = false;
    };
  }, [address]);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={opened?.name ?? words.receiptTitle}
      closeButtonProps={{ "aria-label": words.close }}
    >
      {failure !== undefined && <AskError error={failure} />}
      {address.which === "original" && (
        <Note tone="warn">
          <p>{words.originalNote}</p>
        </Note>
      )}
      {opened !== undefined && <Shown file={opened} />}
    </Modal>
  );
}

function Shown({ file }: { readonly file: OpenedReceipt }) {
  const words = useWords(spendingWords);
  const [address, setAddress] = useState<string>();
  const [type, setType] = useState<string>();
  const { content } = file;
  useEffect(() => {
    let isWanted = true;
    let made = "";
    const show = async () => {
      const found = imageType(new Uint8Array(await content.slice(0, 16).arrayBuffer()));
      if (!isWanted) return;
      made = URL.createObjectURL(content.slice(0, content.size, found ?? "application/octet-stream"));
      setType(found);
      setAddress(made);
    };
    void show();
    return () => {
      isWanted = false;
      if (made !== "") URL.revokeObjectURL(made);
    };
  }, [content]);
  return (
    <>
      {type !== undefined && address !== undefined && (
        <img className="receipt-picture" src={address} alt={file.name} />
      )}
      {type === undefined && address !== undefined && <p className="none-here">{words.pdfNote}</p>}
      <p className="receipt-name">
        <Icon name="check" size={18} />
        {words.fileChecked}
      </p>
      <div className="buttons buttons-end">
        <Button
          component="a"
          href={address}
          download={file.name}
          variant="default"
          leftSection={<Icon name="download" size={18} />}
        >
          {words.saveFile}
        </Button>
      </div>
    </>
  );
}

/** By its first bytes: only what a browser draws without running anything. */
function imageType(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return "image/jpeg";
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return "image/png";
  const isWebp = bytes[0] === 0x52 && bytes[1] === 0x49 && bytes[8] === 0x57 && bytes[9] === 0x45;
  return isWebp ? "image/webp" : undefined;
}
