import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useLocation } from "wouter";
import { useAsk } from "#workspace/desk/client.ts";
import { RefusalAlert } from "#workspace/ui/RefusalAlert.tsx";
import { EntryPage } from "./EntryPage.tsx";
import { useWords } from "./language.tsx";
import { shellWords } from "./words.ts";

const Workspace = lazy(() => import("./Workspace.tsx"));
const SignIn = lazy(() => import("./sign-in/SignIn.tsx"));
const JoinPage = lazy(() => import("#workspace/members/JoinPage.tsx"));
const QuorumPage = lazy(() => import("#workspace/members/QuorumPage.tsx"));
const FirstRun = lazy(() => import("./first-run/FirstRun.tsx"));

/** Which of the four doors one stands before: no foundation yet, not signed in, locked, or inside. */
export function Gate() {
  const words = useWords(shellWords);
  const { data: state, error, refetch } = useAsk("desk.state", {});
  const [lockedMember, setLocked] = useState<string>();
  const [path] = useLocation();
  if (error !== null && state === undefined)
    return (
      <EntryPage title={words.notReached} lead={words.notReachedLead}>
        <RefusalAlert refusal={{ code: error.code, message: error.message }} />
        <Button onClick={() => void refetch()}>{words.tryAgain}</Button>
      </EntryPage>
    );
  if (state === undefined) return <Opening />;
  // Whoever opens the link of an invitation has no keys yet.
  if (path === "/join" && state.foundation.started && !state.isSample)
    return (
      <Suspense fallback={<Opening />}>
        <JoinPage />
      </Suspense>
    );
  // The way back when no officer can sign in.
  if (path === "/quorum" && state.foundation.started && state.member === undefined)
    return (
      <Suspense fallback={<Opening />}>
        <QuorumPage foundation={state.foundation.name ?? ""} />
      </Suspense>
    );
  return (
    <Suspense fallback={<Opening />}>
      {state.member !== undefined ? (
        <Workspace state={state} member={state.member} onLock={setLocked} />
      ) : state.foundation.started ? (
        <SignIn foundation={state.foundation} lockedMember={lockedMember} />
      ) : (
        <FirstRun startCodeNeeded={state.foundation.startCodeNeeded} />
      )}
    </Suspense>
  );
}

/** Shown only when it takes longer than a blink: the style sheet delays it. */
function Opening() {
  const words = useWords(shellWords);
  return (
    <div className="opening" role="status">
      <span className="opening-bar" />
      <span className="opening-text">{words.opening}</span>
    </div>
  );
}
