import { Button } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { createPortal, flushSync } from "react-dom";
import { Icon } from "./icons.tsx";

type PrintSheetProps = {
  /** The word on the button: "Print the sheets". */
  readonly label: string;
  /** One or more `<div className="sheet">`, each a page of paper. */
  readonly children: ReactNode;
  readonly onPrinted?: () => void;
};

/**
 * A button that prints its children and nothing else of the screen. They are in the page until the browser says that it is
 * done: on a phone `print()` returns at once and the paper is made later.
 */
export function PrintSheet({ label, children, onPrinted }: PrintSheetProps) {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    if (!isPrinting) return undefined;
    const done = () => setPrinting(false);
    globalThis.addEventListener("afterprint", done);
    return () => globalThis.removeEventListener("afterprint", done);
  }, [isPrinting]);
  const print = () => {
    flushSync(() => setPrinting(true));
    globalThis.print();
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
