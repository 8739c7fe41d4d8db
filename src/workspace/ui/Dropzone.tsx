import { Button } from "@mantine/core";
import { useEffect, useRef, useState, type DragEvent } from "react";
import { useWords } from "#workspace/shell/language.tsx";
import { Icon } from "./icons.tsx";
import { uiWords } from "./words.ts";

type DropzoneProps = {
  /** What to put here: "Drop bank statements here". */
  readonly title: string;
  /** Which files fit, in words. */
  readonly hint: string;
  /** As of `<input accept>`; absent: any file, and the reader decides. */
  readonly accept?: string;
  readonly isMultiple?: boolean;
  /** A second button that opens the camera of a phone. */
  readonly hasCamera?: boolean;
  readonly isDisabled?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
};

/** A place for files: dropped, chosen with the keyboard, pasted anywhere on the screen, or photographed. */
export function Dropzone({
  title,
  hint,
  accept,
  isMultiple = true,
  hasCamera = false,
  isDisabled = false,
  onFiles,
}: DropzoneProps) {
  const words = useWords(uiWords);
  const input = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const list = [...(files ?? [])];
    if (list.length > 0 && !isDisabled) onFiles(isMultiple ? list : list.slice(0, 1));
  };
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if ((event.clipboardData?.files.length ?? 0) === 0) return;
      event.preventDefault();
      latest.current(event.clipboardData?.files);
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, []);
  const over = (isNow: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(isNow);
  };
  return (
    <div
      className="dropzone"
      data-over={isOver || undefined}
      onDragOver={over(true)}
      onDragLeave={over(false)}
      onDrop={(event) => {
        over(false)(event);
        take(event.dataTransfer.files);
      }}
    >
      <span className="empty-icon">
        <Icon name="upload" size={28} />
      </span>
      <p className="empty-title">{title}</p>
      <p className="empty-text">{hint}</p>
      <div className="buttons">
        <Button disabled={isDisabled} onClick={() => input.current?.click()}>
          {isMultiple ? words.chooseFiles : words.chooseFile}
        </Button>
        {hasCamera && (
          <Button
            variant="default"
            disabled={isDisabled}
            leftSection={<Icon name="camera" size={18} />}
            onClick={() => camera.current?.click()}
          >
            {words.takePhoto}
          </Button>
        )}
      </div>
      <p className="dropzone-paste">{words.orPaste}</p>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={title}
        accept={accept}
        multiple={isMultiple}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      {hasCamera && (
        <input
          ref={camera}
          type="file"
          hidden
          aria-label={words.takePhoto}
          accept="image/*"
          capture="environment"
          onChange={(event) => {
            take(event.target.files);
            event.target.value = "";
          }}
        />
      )}
    </div>
  );
}
