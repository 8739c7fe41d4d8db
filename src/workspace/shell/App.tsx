import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useMemo, type ReactNode } from "react";
import { Router } from "wouter";
import { ask, useDeskChanges } from "#workspace/desk/client.ts";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { Gate } from "./Gate.tsx";
import { LanguageProvider, useLanguage, useWords } from "./language.tsx";
import { OtherTabs } from "./OtherTabs.tsx";
import { PreferencesProvider } from "./preferences.tsx";
import { cssVariables, theme } from "./theme.ts";
import { shellWords } from "./words.ts";

const queries = new QueryClient();

/** The nonce of this page, for the style sheets that Mantine writes: the policy lets no others in. */
const nonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

// Dialogs keep the page behind them still with a style sheet of their own; its writer looks for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce() });

export function App() {
  return (
    <LanguageProvider>
      <PreferencesProvider>
        <Themed>
          <QueryClientProvider client={queries}>
            <Router base="/app">
              <ErrorBoundary>
                <DeskFollower />
                <OtherTabs />
                <Gate />
              </ErrorBoundary>
            </Router>
          </QueryClientProvider>
        </Themed>
      </PreferencesProvider>
    </LanguageProvider>
  );
}

/** Our design, with the word for the crosses that Mantine draws by itself. */
function Themed({ children }: { readonly children: ReactNode }) {
  const { close } = useWords(shellWords);
  const worded = useMemo(() => {
    const closeButton = { defaultProps: { closeButtonProps: { "aria-label": close } } };
    return mergeThemeOverrides(theme, {
      components: { Notification: closeButton, Modal: closeButton, Drawer: closeButton },
    });
  }, [close]);
  return (
    <MantineProvider
      theme={worded}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
    >
      {children}
    </MantineProvider>
  );
}

/** Keeps page and desk in step: answers are asked again when the books change, messages come in the page's language. */
function DeskFollower() {
  useDeskChanges();
  const { language } = useLanguage();
  useEffect(() => {
    void ask("desk.language", { language });
  }, [language]);
  return null;
}
