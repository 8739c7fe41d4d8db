import { Button } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { createPortal, flushSync } from "react-dom";
import { Icon } from "./icons.tsx";

type PrintSheetProps = {
  /** The word on the button: "Print the sheets". */
  readonly label: string;
  /** One or more `<div className="sheet">`, each a page of paper. */
  readonly children: ReactNode;
  readonly onPrinted?: () => void;
};

/** A button that prints its children and nothing else of the screen. They exist in the page only while printing. */
export function PrintSheet({ label, children, onPrinted }: PrintSheetProps) {
  const [isPrinting, setPrinting] = useState(false);
  const print = () => {
    flushSync(() => setPrinting(true));
    globalThis.print();
    setPrinting(false);
    onPrinted?.();
  };
  return (
    <>
      <Button leftSection={<Icon name="print" size={18} />} onClick={print}>
        {label}
      </Button>
      {isPrinting && createPortal(<div className="print-only">{children}</div>, document.body)}
    </>
  );
}
