import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { Icon } from "#workspace/ui/icons.tsx";
import { useWords } from "../language.tsx";
import { trusteesMax } from "./draft.ts";
import { StepButtons } from "./StepButtons.tsx";
import type { StepProps } from "./Wizard.tsx";
import { firstRunWords } from "./words.ts";

/** Who keeps the sheets, and how many of them open. */
export function TrusteesStep({ draft, onNext, onBack }: StepProps) {
  const words = useWords(firstRunWords);
  const [trustees, setTrustees] = useState(draft.trustees);
  const [threshold, setThreshold] = useState(draft.threshold);
  const [isAsked, setAsked] = useState(false);
  const names = trustees.map((name) => name.trim());
  const isMissing = names.some((name) => name === "") || new Set(names).size < names.length;
  const set = (next: readonly string[]) => {
    setTrustees(next);
    setThreshold(Math.min(threshold, next.length));
  };
  const isSame =
    names.every((name, i) => name === draft.trustees[i]) && names.length === draft.trustees.length;
  // Nothing changed: the sheets that are printed already stay good.
  const changed = isSame && threshold === draft.threshold ? {} : { trustees: names, threshold };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (!isMissing) onNext(changed);
      }}
    >
      <div className="wizard-trustees">
        <p className="wizard-hint">{words.trusteesHint}</p>
        {trustees.map((name, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a trustee is known by her place until she has a name
          <div key={i} className="wizard-trustee">
            <TextInput
              aria-label={words.trustee(i + 1)}
              placeholder={words.trustee(i + 1)}
              value={name}
              size="md"
              maxLength={120}
              autoComplete="off"
              error={isAsked && isMissing && (name.trim() === "" || names.indexOf(name.trim()) < i)}
              onChange={(event) => {
                const { value } = event.currentTarget;
                set(trustees.map((one, at) => (at === i ? value : one)));
              }}
            />
            {trustees.length > 2 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="xl"
                aria-label={words.removeTrustee(name === "" ? words.trustee(i + 1) : name)}
                onClick={() => set(trustees.filter((_, at) => at !== i))}
              >
                <Icon name="close" />
              </ActionIcon>
            )}
          </div>
        ))}
        {isAsked && isMissing && (
          <p className="wizard-error" role="alert">
            {words.trusteesMissing}
          </p>
        )}
        {trustees.length < trusteesMax && (
          <div>
            <Button
              variant="subtle"
              size="sm"
              leftSection={<Icon name="plus" size={18} />}
              onClick={() => set([...trustees, ""])}
            >
              {words.addTrustee}
            </Button>
          </div>
        )}
      </div>
      <NativeSelect
        label={words.threshold}
        size="md"
        value={String(threshold)}
        data={trustees.slice(1).map((_, i) => ({
          value: String(i + 2),
          label: words.thresholdOf(i + 2, trustees.length),
        }))}
        onChange={(event) => setThreshold(Number(event.currentTarget.value))}
      />
      <StepButtons onBack={() => onBack(changed)} />
    </form>
  );
}
