import { Button, Tabs } from "@mantine/core";
import { useState } from "react";
import { formatCount } from "#language/numbers.ts";
import { useAsk } from "#workspace/desk/client.ts";
import { useLanguage, useWords } from "#workspace/shell/language.tsx";
import { EmptyState } from "#workspace/ui/EmptyState.tsx";
import { PageHeader } from "#workspace/ui/PageHeader.tsx";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { RowQueue } from "./RowQueue.tsx";
import { Confirmations, Payments, Refunds, WaitingDecisions } from "./lists.tsx";
import { UnsignedGifts } from "./UnsignedGifts.tsx";
import { matchingWords } from "./words.ts";
import "./matching.css";

const tabs = ["credits", "debits", "payments", "refunds", "waiting", "unsigned"] as const;
type Tab = (typeof tabs)[number];

/** Of each list at first, and more whenever somebody asks for more. */
const step = 50;

/** Everything that waits for a person, in the order in which it holds up the rest. */
export default function MatchingScreen() {
  const words = useWords(matchingWords);
  const { language } = useLanguage();
  const [most, setMost] = useState(step);
  const { data, error } = useAsk("matching.queue", { most });
  const [chosen, setChosen] = useState<Tab>();
  const donors = useAsk("matching.donors", { most }, { enabled: (data?.credits.length ?? 0) > 0 });
  if (error !== null) return <RefusalAlert refusal={error} />;
  if (data === undefined) return <PageHeader title={words.title} lead={words.lead} />;
  const counts: Readonly<Record<Tab, number>> = {
    ...data.counts,
    waiting: data.counts.decisions + data.counts.confirmations,
    unsigned: 0,
  };
  const more = counts[tabOf(chosen, counts)] > most && (
    <div className="matching-next">
      <Button variant="default" onClick={() => setMost(most + step)}>
        {words.showMore}
      </Button>
    </div>
  );
  const tab = tabOf(chosen, counts);
  const done = (text: string) => <EmptyState icon="check" title={words.allDone} text={text} />;
  const { appeals, deciding } = data;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <Tabs
        value={tab}
        onChange={(value) => setChosen(tabs.find((one) => one === value))}
        keepMounted={false}
      >
        <Tabs.List className="matching-tabs">
          {tabs.map((one) => (
            <Tabs.Tab
              key={one}
              value={one}
              rightSection={
                counts[one] > 0 && (
                  <span className="matching-count">{formatCount(counts[one], language)}</span>
                )
              }
            >
              {words.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="credits">
          {counts.credits === 0 ? (
            done(words.creditsDone)
          ) : (
            <RowQueue
              rows={data.credits}
              appeals={appeals}
              deciding={deciding}
              {...(donors.data !== undefined && { donors: donors.data })}
            />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="debits">
          {counts.debits === 0 ? (
            done(words.debitsDone)
          ) : (
            <RowQueue rows={data.debits} appeals={appeals} deciding={deciding} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="payments">
          {counts.payments === 0 ? (
            done(words.paymentsDone)
          ) : (
            <Payments payments={data.payments} onDebits={() => setChosen("debits")} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="refunds">
          {counts.refunds === 0 ? (
            done(words.refundsDone)
          ) : (
            <Refunds refunds={data.refunds} onDebits={() => setChosen("debits")} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="waiting">
          {counts.waiting === 0 && done(words.waitingDone)}
          {data.decisions.length > 0 && <WaitingDecisions decisions={data.decisions} />}
          {data.confirmations.length > 0 && <Confirmations confirmations={data.confirmations} />}
        </Tabs.Panel>
        <Tabs.Panel value="unsigned">
          <UnsignedGifts appeals={appeals} deciding={deciding} />
        </Tabs.Panel>
      </Tabs>
      {more}
    </>
  );
}

/** The chosen one; else the first in which something waits. */
function tabOf(chosen: Tab | undefined, counts: Readonly<Record<Tab, number>>): Tab {
  return chosen ?? tabs.find((one) => counts[one] > 0) ?? "credits";
}
