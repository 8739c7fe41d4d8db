import { useBlocked } from "#workspace/desk/client.ts";
import { Icon } from "#workspace/ui/icons.tsx";
import { useWords } from "./language.tsx";
import { shellWords } from "./words.ts";

/** Nobody can sign in while a tab of an earlier version holds this device's storage: says which tabs to close. */
export function OtherTabs() {
  const words = useWords(shellWords);
  const isBlocked = useBlocked();
  if (!isBlocked) return null;
  return (
    <div className="notice notice-warn" role="alert">
      <Icon name="warning" />
      <div>
        <p className="notice-title">{words.otherTabs}</p>
        <p>{words.otherTabsLead}</p>
      </div>
    </div>
  );
}
