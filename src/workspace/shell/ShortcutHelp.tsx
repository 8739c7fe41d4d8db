import { Modal, Switch } from "@mantine/core";
import { actions } from "./actions.ts";
import { useLanguage, useWords } from "./language.tsx";
import { usePreferences } from "./preferences.tsx";
import { shownGroups } from "./routes.tsx";
import { useSignedIn } from "./signed-in.ts";
import { shellWords } from "./words.ts";

type Row = readonly [keys: string, what: string];

/** All keys on one page, as they are at this moment; the way to switch the plain ones off. */
export default function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(shellWords);
  const { language } = useLanguage();
  const { isSample } = useSignedIn();
  const { hasPlainKeys, setPlainKeys } = usePreferences();
  const everywhere: readonly Row[] = [
    ["Ctrl K", words.findOrDo],
    ["F8", words.hideNames],
    ...(isSample ? [] : [["F9", words.lock] as const]),
    ["?", words.thisHelp],
  ];
  const go: readonly Row[] = shownGroups.flat().map(({ key, title }) => [`g ${key}`, title[language]]);
  const acts: readonly Row[] = actions.flatMap(({ keys, title }): readonly Row[] =>
    keys === undefined ? [] : [[keys, title[language]]],
  );
  const tables: readonly Row[] = [
    ["↓ ↑", words.nextRow],
    ["Enter", words.openRow],
  ];
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.shortcuts}
      size="lg"
      closeButtonProps={{ "aria-label": words.close }}
    >
      <div className="shortcut-groups">
        <Group title={words.everywhere} rows={everywhere} />
        <Group title={words.inTables} rows={tables} />
        <Group title={words.goTo} rows={go} />
        <Group title={words.doThis} rows={acts} />
      </div>
      <Switch
        label={words.plainKeys}
        description={words.plainKeysLead}
        checked={hasPlainKeys}
        onChange={(event) => setPlainKeys(event.currentTarget.checked)}
      />
    </Modal>
  );
}

function Group({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <dl className="shortcut-list">
        {rows.map(([keys, what]) => (
          <div key={keys}>
            <dt>{what}</dt>
            <dd>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
