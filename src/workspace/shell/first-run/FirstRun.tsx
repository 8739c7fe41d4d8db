import { EntryPage } from "../EntryPage.tsx";

export default function FirstRun({ startCodeNeeded }: { readonly startCodeNeeded: boolean }) {
  return <EntryPage title={String(startCodeNeeded)}>{null}</EntryPage>;
}
