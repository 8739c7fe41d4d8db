import { Component, type ErrorInfo, type ReactNode } from "react";
import { Icon } from "#workspace/ui/icons.tsx";
import { useWords } from "./language.tsx";
import { shellWords } from "./words.ts";

type Props = {
  readonly children: ReactNode;
  /** Another value clears the error: going to another screen does. */
  readonly at?: string;
};
type State = { readonly error: Error | undefined; readonly at: string | undefined };

/** A fault of ours on one screen: says that nothing is lost, and how to go on. The rest of the app stays usable. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined, at: this.props.at };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.at === state.at ? null : { error: undefined, at: props.at };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    // Only the developer's console on this device: nothing about what one was doing leaves it.
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Fault error={this.state.error} />;
  }
}

/** A chunk of the old version that the server no longer has: after an update, loading the page again is the whole cure. */
const isOutdated = (error: Error): boolean =>
  /dynamically imported module|module script/iu.test(error.message);

function Fault({ error }: { readonly error: Error }) {
  const words = useWords(shellWords);
  return (
    <div className="notice notice-bad fault" role="alert">
      <Icon name="warning" />
      <div>
        <p className="notice-title">{isOutdated(error) ? words.updated : words.fault}</p>
        <p>{isOutdated(error) ? words.updatedLead : words.faultLead}</p>
        <div className="buttons">
          <button type="button" className="plain-button" onClick={() => location.reload()}>
            {words.reload}
          </button>
        </div>
        <details>
          <summary>{words.forHelper}</summary>
          <pre>{error.stack ?? error.message}</pre>
        </details>
      </div>
    </div>
  );
}
