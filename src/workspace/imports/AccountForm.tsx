import { Autocomplete, Button } from "@mantine/core";
import { useState } from "react";
import { useAsk } from "#workspace/desk/client.ts";
import { useWords } from "#workspace/shell/language.tsx";
import { readAgain, type QueuedFile } from "./import-queue.ts";
import { importWords } from "./words.ts";

/** Some formats do not print whose account they are of: the person says it, most often one that is known. */
export function AccountForm({ queued }: { readonly queued: QueuedFile }) {
  const words = useWords(importWords);
  const [account, setAccount] = useState(queued.options.account ?? "");
  const { data } = useAsk("imports.files", {});
  const known = [...new Set(data?.files.map((one) => one.account.split("/")[0] ?? ""))];
  return (
    <form
      className="form import-account"
      onSubmit={(event) => {
        event.preventDefault();
        if (account.trim() !== "") void readAgain(queued.key, { ...queued.options, account: account.trim() });
      }}
    >
      <Autocomplete
        label={words.ownAccount}
        description={words.ownAccountHint}
        value={account}
        onChange={setAccount}
        data={known}
        required
        withAsterisk={false}
        autoComplete="off"
      />
      <div className="buttons">
        <Button type="submit" disabled={account.trim() === ""}>
          {words.useAccount}
        </Button>
      </div>
    </form>
  );
}
