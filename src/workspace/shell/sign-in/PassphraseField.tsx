import { PasswordInput } from "@mantine/core";
import { useState, type KeyboardEvent, type ReactNode, type Ref } from "react";
import { Icon } from "#workspace/ui/icons.tsx";
import { useWords } from "../language.tsx";
import { signInWords } from "./words.ts";

type PassphraseFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (passphrase: string) => void;
  /** Lets a password manager tell an old one from a new one. */
  readonly isNew?: boolean;
  readonly error?: ReactNode;
  readonly description?: ReactNode;
  readonly isFocused?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
};

/** A passphrase: can be shown, since nobody types four words blindly, and says when Caps Lock is on. */
export function PassphraseField({
  label,
  value,
  onChange,
  isNew = false,
  error,
  description,
  isFocused = false,
  inputRef,
}: PassphraseFieldProps) {
  const words = useWords(signInWords);
  const [isShown, setShown] = useState(false);
  const [hasCapsLock, setCapsLock] = useState(false);
  const look = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));
  return (
    <div>
      <PasswordInput
        ref={inputRef}
        label={label}
        description={description}
        value={value}
        error={error}
        data-autofocus={isFocused || undefined}
        autoFocus={isFocused}
        autoComplete={isNew ? "new-password" : "current-password"}
        spellCheck={false}
        autoCapitalize="none"
        size="md"
        visible={isShown}
        onVisibilityChange={setShown}
        visibilityToggleIcon={({ reveal }) => <Icon name={reveal ? "eyeOff" : "eye"} />}
        visibilityToggleButtonProps={{
          tabIndex: 0,
          "aria-label": isShown ? words.hide : words.show,
          "aria-hidden": false,
        }}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={look}
        onKeyUp={look}
      />
      <p className="caps-lock" role="status">
        {hasCapsLock && (
          <>
            <Icon name="info" size={16} /> {words.capsLock}
          </>
        )}
      </p>
    </div>
  );
}
