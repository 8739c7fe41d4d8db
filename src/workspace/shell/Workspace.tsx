import "./mantine-styles.ts";
import { Notifications } from "@mantine/notifications";
import { Suspense, useCallback } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { ask } from "#workspace/desk/client.ts";
import type { CallAnswer } from "#workspace/desk/calls.ts";
import { CommandHost } from "#workspace/ui/command.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { sampleFoundation } from "#workspace/tour/sample-name.ts";
import { Layout } from "./Layout.tsx";
import { MissingScreen } from "./MissingScreen.tsx";
import { ScreenFrame } from "./ScreenFrame.tsx";
import { firstPath, subjects } from "./routes.tsx";
import { useIdle } from "./idle.ts";
import { SignedInContext } from "./signed-in.ts";

type WorkspaceProps = {
  readonly state: CallAnswer<"desk.state">;
  readonly member: string;
  readonly onLock: (member: string | undefined) => void;
};

/** Away from the screen for this long, and the keys are dropped. */
const lockAfterMinutes = 15;

/** Everything behind the door. */
export default function Workspace({ state, member, onLock }: WorkspaceProps) {
  const queries = useQueryClient();
  const [path, navigate] = useLocation();
  const leave = useCallback(
    async (isLock: boolean) => {
      onLock(isLock ? member : undefined);
      await ask("sign-out", { everything: false });
      // What was read is dropped with the keys, before the other screen is drawn.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "desk.state" });
      // Addresses of the sample lead nowhere in another foundation.
      if (state.isSample) navigate("/");
      await queries.invalidateQueries();
    },
    [member, onLock, queries, state.isSample, navigate],
  );
  // The sample lies in this tab only: locking it would lose it.
  useIdle(state.isSample ? undefined : lockAfterMinutes, () => void leave(true));
  const foundation = state.isSample ? { ...state.foundation, ...sampleFoundation } : state.foundation;
  const signedIn = { member, isSample: state.isSample, foundation, leave };
  return (
    <SignedInContext value={signedIn}>
      <CommandHost>
        <Layout>
          <ErrorBoundary at={path}>
            <Suspense fallback={<div className="screen-loading" />}>
              <Switch>
                {subjects.flatMap(({ screens }) =>
                  screens.map(({ path, title, screen: Screen }) => (
                    <Route key={path} path={path}>
                      <ScreenFrame title={title}>
                        <Screen />
                      </ScreenFrame>
                    </Route>
                  )),
                )}
                {firstPath !== "/" && (
                  <Route path="/">
                    <Redirect to={firstPath} replace />
                  </Route>
                )}
                <Route>
                  <MissingScreen />
                </Route>
              </Switch>
            </Suspense>
          </ErrorBoundary>
        </Layout>
      </CommandHost>
      {/* Below dialogs: on a phone a message would lie on their buttons. What it says can wait. */}
      <Notifications position="bottom-center" limit={3} zIndex={150} />
    </SignedInContext>
  );
}
