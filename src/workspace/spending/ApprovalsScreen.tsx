import { AskError } from "#workspace/appeals/AskError.tsx";
import { useAsk } from "#workspace/desk/client.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { Waiting } from "./Waiting.tsx";
import { spendingWords } from "./words.ts";
import "#workspace/appeals/appeals.css";
import "./spending.css";

/** Only what waits for this member. */
export default function ApprovalsScreen() {
  const words = useWords(spendingWords);
  const { data, error } = useAsk("spending.waiting", {});
  return (
    <>
      <PageHeader
        title={words.approvals}
        lead={words.approvalsLead}
        back={{ href: "/spending", label: words.back }}
      />
      {error !== null && <AskError error={error} />}
      {data !== undefined && <Waiting payments={data} isShownEmpty />}
    </>
  );
}
