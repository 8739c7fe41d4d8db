import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useAsk } from "#workspace/desk/client.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { ProgressPanel } from "#workspace/ui/ProgressPanel.tsx";
import type { Deciding } from "./calls.ts";
import type { AppealName } from "./place-text.ts";
import { RowQueue } from "./RowQueue.tsx";
import { matchingWords } from "./words.ts";

type UnsignedGiftsProps = { readonly appeals: readonly AppealName[]; readonly deciding: readonly Deciding[] };

const step = 50;

/** The donor calls and says what a gift was for: it is found here and decided like any other. */
export function UnsignedGifts({ appeals, deciding }: UnsignedGiftsProps) {
  const words = useWords(matchingWords);
  const [text, setText] = useState("");
  const [most, setMost] = useState(step);
  const [wanted] = useDebouncedValue(text, 300);
  const { data } = useAsk("matching.unsigned", { text: wanted, most });
  return (
    <>
      <p className="matching-lead">{words.unsignedLead}</p>
      <TextInput
        className="matching-find"
        aria-label={words.find}
        placeholder={words.find}
        leftSection={<Icon name="search" size={18} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        type="search"
      />
      {data === undefined && (
        <ProgressPanel title={words.tabs.unsigned} step={words.looking} done={0} total={0} />
      )}
      {data?.length === 0 && (
        <EmptyState icon="search" title={words.unsignedNone} text={words.unsignedNoneText} />
      )}
      {data !== undefined && data.length > 0 && (
        <>
          <RowQueue rows={data} appeals={appeals} deciding={deciding} />
          {data.length >= most && (
            <div className="matching-next">
              <Button variant="default" onClick={() => setMost(most + step)}>
                {words.showMore}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}
