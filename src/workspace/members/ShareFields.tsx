import { Button, TextInput } from "@mantine/core";
import type { Refusal } from "#record/result.ts";
import { DeskFailure } from "#workspace/desk/client.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { Icon } from "#workspace/ui/icons.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { memberWords } from "./words.ts";

/** `share`: which of those given it is about, from 1. */
export type ShareRefusal = Refusal & { readonly share?: number };

type ShareFieldsProps = {
  readonly shares: readonly string[];
  readonly onChange: (shares: readonly string[]) => void;
  readonly refusal: ShareRefusal | undefined;
};

/** Present shares, typed from their sheets; one field more whenever it is asked for. */
export function ShareFields({ shares, onChange, refusal }: ShareFieldsProps) {
  const words = useWords(memberWords);
  return (
    <>
      {shares.map((text, i) => (
        <TextInput
          // oxlint-disable-next-line react/no-array-index-key -- fields have no other name than their place
          key={i}
          label={words.share(i + 1)}
          {...(i === 0 && { description: words.shareHint })}
          className="share-field"
          value={text}
          autoComplete="off"
          spellCheck={false}
          error={refusal?.share === i + 1}
          onChange={(event) => onChange(shares.with(i, event.currentTarget.value))}
        />
      ))}
      <div className="buttons">
        <Button
          variant="subtle"
          size="xs"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => onChange([...shares, ""])}
        >
          {words.addShare}
        </Button>
      </div>
      {refusal !== undefined && (
        <RefusalAlert refusal={refusal}>
          {refusal.share !== undefined && words.shareWrong(refusal.share)}
        </RefusalAlert>
      )}
    </>
  );
}

/** The refusal of an answer, or of a call that failed; undefined when it went well. */
export async function failing(
  answer: Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: ShareRefusal }>,
): Promise<ShareRefusal | undefined> {
  try {
    const one = await answer;
    return one.ok ? undefined : one.refusal;
  } catch (error) {
    if (!(error instanceof DeskFailure)) throw error;
    return { code: error.code, message: error.message };
  }
}
